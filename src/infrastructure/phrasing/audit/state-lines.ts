import type { Locale } from '../../../domain/ticket/facts';
import { isHeld, type RequestedTicket } from '../../../domain/ticket/state';
import { hourWithSeconds } from '../words/dates';
import type { Seals } from './opened-texts';
import type { StateRowName } from './state-words';
import { moment } from './told';
import { sentences } from '../sentences';

type Lines = Readonly<Partial<Record<StateRowName, readonly string[]>>>;

/** Codes, the meeting's link, invitations, and what the citizen was told (Art. 3 e, 5, 8). */
export const letterLines = (state: RequestedTicket, seals: Seals, locale: Locale): Lines => {
  const words = sentences[locale].audit.state;
  const { values } = sentences[locale].audit.facts;
  const { verified, meetingLink, invitation, noticeDuty } = state;
  const newest = invitation.sent.at(-1);
  return {
    codes: state.codes.map(({ n, issuedAt, expiresAt, triesLeft }) =>
      [
        `${words.code} ${n}: ${words.codeIssued} ${moment(issuedAt, locale)}`,
        `${words.codeExpires} ${moment(expiresAt, locale)}`,
        ...(triesLeft === undefined ? [] : [words.triesLeft({ count: triesLeft })]),
      ].join(', '),
    ),
    verified: verified === undefined ? [] : [`${moment(verified.verifiedAt, locale)}, ${words.code} ${verified.n}`],
    meetingLink:
      meetingLink === undefined
        ? []
        : [`${seals.read(meetingLink.joinUrl, locale)}, ${words.since} ${moment(meetingLink.attachedAt, locale)}`],
    invitation:
      newest === undefined
        ? []
        : [
            `${words.letters({ count: invitation.sent.length })}, ${newest.withLink ? words.withLink : words.withoutLink}, ${moment(newest.acceptedAt, locale)}`,
            ...(invitation.bounced.length === 0 ? [] : [words.cameBack({ count: invitation.bounced.length })]),
          ],
    noticeDuty:
      noticeDuty === undefined
        ? []
        : [
            `${values[noticeDuty.about]}, ${words.since} ${moment(noticeDuty.since, locale)}${noticeDuty.dueAt === undefined ? '' : `, ${words.until} ${moment(noticeDuty.dueAt, locale)}`}`,
          ],
    notices: state.notices.map(
      ({ about, channel, outcome, notifiedAt }) =>
        `${values[about]}: ${values[channel]}, ${values[outcome]}, ${moment(notifiedAt, locale)}`,
    ),
  };
};

/** When it was held, and what was recorded of it (Art. 5, 6). */
export const recordingLines = (state: RequestedTicket, locale: Locale): Lines => {
  const words = sentences[locale].audit.state;
  const { attached, missingSince, waivedAt } = state.recording;
  const seconds = attached.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
  return {
    held: isHeld(state)
      ? [
          `${moment(state.held.startedAt, locale)} – ${hourWithSeconds(state.held.endedAt)}`,
          `${words.target} ${moment(state.held.resolutionTargetAt, locale)}`,
          `${words.hardLimit} ${moment(state.held.resolutionHardLimitAt, locale)}`,
          ...(state.held.recordingDueAt === undefined ? [] : [`${words.recordingDue} ${moment(state.held.recordingDueAt, locale)}`]),
        ]
      : [],
    recording: [
      ...(attached.length === 0 ? [] : [`${words.recordings({ count: attached.length })}, ${words.seconds({ count: seconds })}`]),
      ...(missingSince === undefined ? [] : [`${words.missingSince} ${moment(missingSince, locale)}`]),
      ...(waivedAt === undefined ? [] : [`${words.waivedAt} ${moment(waivedAt, locale)}`]),
    ],
  };
};

/** The resolution on its way (Art. 7), and what people still had to do. */
export const documentLines = (state: RequestedTicket, locale: Locale): Lines => {
  const words = sentences[locale].audit.state;
  const { issued, filed, sent, bounced, handedOver } = state.resolution;
  return {
    resolution: [
      ...(issued === undefined ? [] : [`${words.written} ${moment(issued.issuedAt, locale)}, ${words.by} ${issued.issuedBy}`]),
      ...(filed === undefined ? [] : [`${words.document} ${filed.documentNumber}, ${words.connected} ${moment(filed.filedAt, locale)}`]),
      ...sent.map(
        ({ acceptedAt, toVerifiedAddress }) =>
          `${words.sent} ${moment(acceptedAt, locale)}, ${toVerifiedAddress ? words.toVerified : words.notToVerified}`,
      ),
      ...(bounced.length === 0 ? [] : [words.cameBack({ count: bounced.length })]),
      ...handedOver.map(
        ({ channel, handedOverAt }) =>
          `${words.handedOver} ${moment(handedOverAt, locale)}, ${sentences[locale].audit.facts.values[channel]}`,
      ),
    ],
    tasks: Object.values(state.tasks).map(
      ({ kind, staffId, done, dueAt }) =>
        `${sentences[locale].audit.steps.tasks[kind]} (${staffId}): ${done ? words.done : words.open}${dueAt === undefined || done ? '' : `, ${words.until} ${moment(dueAt, locale)}`}`,
    ),
  };
};
