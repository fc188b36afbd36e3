import type { Instant } from '../../domain/kernel/fact';
import type { PersonalText } from '../../domain/kernel/personal-text';
import { refuse, type Refusal } from '../../domain/kernel/refusal';
import { parseInstant } from '../../domain/time/civil-time';
import type { Ports } from './ports/ports';

/** An instant from outside, in canonical form; refuses `invalid` naming the field. */
export const instantOf = (field: string, text: string): { readonly instant: Instant } | Refusal => {
  const instant = parseInstant(text);
  return instant === undefined ? refuse('invalid', { field, reason: 'not-an-instant' }) : { instant };
};

/** Whether a text from outside is the one on record, which is opened only to compare. */
export const isSameText = async (
  ports: Pick<Ports, 'personalData'>,
  recorded: PersonalText | undefined,
  text: string | undefined,
): Promise<boolean> =>
  recorded === undefined ? text === undefined : text !== undefined && (await ports.personalData.open(recorded)) === text;
