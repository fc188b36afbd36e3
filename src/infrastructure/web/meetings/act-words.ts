import type { MeetingCard } from '../../../application/meeting/meeting-card';
import type { Locale } from '../../../domain/ticket/facts';
import type { Act } from './acts';
import { sentences } from '../../phrasing/sentences';

/** What the card calls it: a link that is there can only be changed. */
export const actShown = (act: Act, { link }: Pick<MeetingCard, 'link'>, locale: Locale): string =>
  act === 'link' && link !== undefined ? sentences[locale].meetings.otherLink : sentences[locale].meetings.acts[act].short;
