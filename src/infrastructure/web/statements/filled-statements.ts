import type { Ports } from '../../../application/kernel/ports/ports';
import { retentionConfirmed } from '../../../application/privacy/retention';
import type { PersonalClass, RetentionPeriods } from '../../../domain/retention/retention';
import type { Locale } from '../../../domain/ticket/facts';
import type { Settings } from '../../config/settings';
import { filled } from '../../phrasing/locales/catalogue.codec';
import { sentences } from '../../phrasing/sentences';
import { periodInWords, plainDate } from '../../phrasing/words/dates';
import { waysToCentre } from '../../phrasing/words/information-centre';
import { daysAboutTicket, minutesADay } from '../forms/form-drafts';
import { languageKeptDays } from '../language/language.controller';
import { livesMinutes } from '../session/sessions';

const minutesAnHour = 60;

/** The day on which both statements were last compared with the software. */
export const statementDate = '2026-11-29';

/** What the statements are made of: the settings and policies in force. */
export type Stated = {
  readonly ports: Ports;
  readonly settings: Pick<Settings, 'smtpUrl'>;
  readonly retention?: RetentionPeriods | undefined;
};

/** The periods of this installation in words, and whether anything is erased by them. */
const retained = async ({ ports, retention }: Stated, locale: Locale) => {
  const kept = (name: PersonalClass): string => {
    const period = retention?.[name] ?? null;
    return period === null ? 'never' : periodInWords(period, locale);
  };
  const inForce = retention === undefined ? 'no' : (await retentionConfirmed(ports)) ? 'yes' : 'waiting';
  return {
    inForce,
    contact: kept('contact'),
    names: kept('names'),
    conclusions: kept('conclusions'),
    letters: kept('letters'),
    outbox: kept('outbox'),
    readings: kept('readings'),
  };
};

/** Who is given something of them, as this installation is set up. */
const recipients = ({ ports: { video, mailer, textMessages, documents, requests }, settings }: Stated) => {
  const isKeptHere = settings.smtpUrl === undefined && mailer.kept !== undefined;
  return {
    video: video.kind,
    mail: isKeptHere ? 'files' : 'server',
    texts: textMessages === undefined ? 'none' : 'sent',
    documents: documents.kind ?? 'given',
    requests: requests.kind,
  };
};

/** Accessibility (O.U.G. 112/2018) and personal data (GDPR 13 and 14), with the numbers of the settings in force. */
export const filledStatements = async (stated: Stated, locale: Locale) => {
  const { cityHall, policies } = stated.ports;
  return filled(sentences[locale].statements, {
    address: cityHall.meetingPlace,
    site: cityHall.publicUrl,
    officer: cityHall.dataProtectionOfficer ?? 'none',
    centre: waysToCentre(cityHall.informationCentre, locale) || 'none',
    recordingDays: policies['recording-period'].value?.days ?? 0,
    sessionHours: livesMinutes / minutesAnHour,
    languageDays: languageKeptDays,
    draftHours: minutesADay / minutesAnHour,
    draftDays: daysAboutTicket,
    ...recipients(stated),
    lookupMinutes: policies['lookup-throttle'].value.minutes,
    date: plainDate(statementDate, locale),
    ...(await retained(stated, locale)),
  });
};
