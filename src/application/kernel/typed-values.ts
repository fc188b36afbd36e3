import { personal } from '@tichet-albastru/kernel/personal-text';
import type { Instant } from '../../domain/kernel/fact';
import { type ClearText, isClear, isPersonalText, type PersonalText, type WithTexts } from '../../domain/kernel/personal-text';
import { type Refusal, refuse } from '../../domain/kernel/refusal';
import type { DataOf, Fields } from '../../domain/kernel/shape';
import { parseInstant } from '../../domain/time/civil-time';
import { erasedMark, type PersonalData } from './ports/personal-data';
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
  recorded === undefined ? text === undefined : text !== undefined && (await ports.personalData.openUnseen(recorded)) === text;

/** What was typed as the fields of a fact, in their order: each personal text under the key that its shape names. */
export function typedAs<F extends Fields>(fields: F, typed: WithTexts<DataOf<F>, string>): WithTexts<DataOf<F>, ClearText>;
export function typedAs(fields: Fields, typed: Readonly<Record<string, unknown>>): object {
  const made: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(fields)) {
    const value = typed[name];
    if (value === undefined) continue;
    made[name] = shape.kind === 'personal' && typeof value === 'string' ? personal(shape.keys[0] ?? 'record', value) : value;
  }
  return made;
}

/** The same data with its personal texts opened; what was erased says so. */
export async function opened<Data extends object>(ports: Pick<Ports, 'personalData'>, data: Data): Promise<WithTexts<Data, string>>;
export async function opened({ personalData }: Pick<Ports, 'personalData'>, data: object): Promise<object> {
  const made: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(data)) {
    if (value !== undefined) made[name] = isPersonalText(value) ? ((await personalData.open(value)) ?? erasedMark) : value;
  }
  return made;
}

/** Whether every personal text that was typed is the one on record. */
export const areSameTexts = async <Data extends object>(
  ports: Pick<Ports, 'personalData'>,
  recorded: Data | undefined,
  typed: WithTexts<Data, ClearText>,
): Promise<boolean> => {
  if (recorded === undefined) return false;
  const known = new Map<string, unknown>(Object.entries(recorded));
  const said = new Map<string, unknown>(Object.entries(typed));
  const names = [...new Set([...known.keys(), ...said.keys()])];
  const same = names.map(async (name) => {
    const [was, is] = [known.get(name), said.get(name)];
    if (!isPersonalText(was) && !isPersonalText(is)) return true;
    return isPersonalText(was) && isPersonalText(is) && isClear(is) && isSameText(ports, was, is.clear);
  });
  return (await Promise.all(same)).every(Boolean);
};

/** What stands for personal data that the reader did not ask to see. */
const closedMark = '[…]';

/** Personal text for a reader: `[…]`, or in clear for those who asked and may, or `[șters]` once it was erased. */
export const readableText = async (text: PersonalText, personalData: PersonalData, showPersonal: boolean): Promise<string> => {
  const clear = await (showPersonal ? personalData.open(text) : personalData.openUnseen(text));
  if (clear === undefined) return erasedMark;
  return showPersonal ? clear : closedMark;
};
