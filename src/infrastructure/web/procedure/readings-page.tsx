import type { VNode } from 'preact';
import type { Policies } from '../../../domain/policies';
import type { Locale } from '../../../domain/ticket/facts';
import { filled } from '../../phrasing/locales/catalogue.codec';
import { sentences } from '../../phrasing/sentences';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';

/** One of our readings, A1 to A30 (docs/procedure.md), as a sentence for those whom it binds. */
type Reading = { readonly id: string; readonly text: string };
type ReadingGroup = { readonly title: string; readonly readings: readonly Reading[] };

/** Every reading, with the values in force. */
export const readingsOf = (policies: Policies, locale: Locale): readonly ReadingGroup[] => {
  const { groups, windows, freeAtOnce, freeLater } = sentences[locale].readings;
  const { digits, validMinutes, triesPerCode, holdMinutes } = policies.verification.value;
  const delay = policies['slot-release-delay'].value;
  const said = filled(groups, {
    window: windows[policies['clarification-window'].value],
    activeTickets: policies['tickets-per-email'].value.active,
    unmatchedLookups: policies['lookup-throttle'].value.unmatched,
    lookupMinutes: policies['lookup-throttle'].value.minutes,
    leadHours: policies['lead-time'].value.hours,
    codeDigits: digits,
    codeMinutes: validMinutes,
    codeTries: triesPerCode,
    holdMinutes,
    codeSeconds: policies['code-interval'].value.seconds,
    horizonDays: policies['booking-horizon'].value.days,
    freeAgain: delay === null ? freeAtOnce : freeLater({ delayMin: delay.minMinutes, delayMax: delay.maxMinutes }),
    absenceMinutes: policies['absence-wait'].value.minutes,
    rescheduleTimes: policies['reschedule-limit'].value.times,
    noticeHours: policies['notice-deadline'].value.hours,
    targetHours: policies['resolution-deadline'].value.targetHours,
    limitDays: policies['resolution-deadline'].value.hardLimitWorkingDays,
  });
  return Object.values(said).map(({ title, readings }) => ({
    title,
    readings: Object.entries(readings).map(([id, text]) => ({ id, text })),
  }));
};

/** A1 to A30: how the service reads what the act leaves open, with the values in force here. */
export const ReadingsPage = ({ context, policies }: { readonly context: PageContext; readonly policies: Policies }): VNode => {
  const words = sentences[context.locale].procedure;
  return (
    <Document context={context} title={words.readings} side="public">
      <Heading back={{ href: '/procedura', text: words.title }} lead={words.readingsLead}>
        {words.readings}
      </Heading>
      {readingsOf(policies, context.locale).map(({ title, readings }) => (
        <>
          <h2>{title}</h2>
          <dl class="readings">
            {readings.map(({ id, text }) => (
              <div id={id}>
                <dt>{id}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </>
      ))}
    </Document>
  );
};
