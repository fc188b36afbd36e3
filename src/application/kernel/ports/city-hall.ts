import type { LetterChoice } from '../../../domain/staff/facts';
import type { Locale } from '../../../domain/ticket/facts';
import type { OwnRecordingNotice } from '../../../domain/ticket/request-ticket';

/** The citizens’ information centre: how one reaches a person. What is left out is shown nowhere. */
export type InformationCentre = {
  /** as people dial it: digits, spaces, dots, dashes, brackets, one + before them */
  readonly phone?: string;
  readonly email?: string;
  readonly address?: string;
  readonly hours?: Readonly<Record<Locale, string>>;
};

/** What the city hall says of itself in letters. */
export type CityHall = {
  /** the page where tickets are asked for; no trailing slash */
  readonly publicUrl: string;
  /** where meetings in person take place, as one tells a visitor */
  readonly meetingPlace: string;
  /** Art. 5: how a meeting is created on Webex, as the IT service tells civil servants; none when it tells them elsewhere */
  readonly meetingInstructions?: string;
  /** Art. 5: hosts to which, or below which, the link of a meeting leads; left out, Webex */
  readonly meetingHosts?: readonly string[];
  /** who helps people, on every page of theirs, in every letter and beside what went wrong; none where nothing of it is set */
  readonly informationCentre?: InformationCentre;
  /** GDPR 13 (1) b: how the data protection officer is reached, as one line; none when no officer is named */
  readonly dataProtectionOfficer?: string;
  /** A14: what is shown before `online` is chosen; left out, the notice that is shipped */
  readonly recordingNotice?: OwnRecordingNotice;
  /** how officials are told of their meetings who have chosen nothing themselves; left out, one letter a working day */
  readonly officialLetters?: LetterChoice;
  /** to whom a weakness is reported, as URLs, and by which rules; none when no contact was named */
  readonly security?: { readonly contact: string; readonly policy?: string };
};
