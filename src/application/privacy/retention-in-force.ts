import { type PersonalClass, personalClasses, type RetentionPeriods } from '../../domain/retention/retention';
import type { Operations } from '../kernel/ports/operations';

const key = 'retention-in-force';

const textOf = (periods: RetentionPeriods, name: PersonalClass): string => `${name} ${periods[name]?.text ?? 'never'}`;
const textsOf = (periods: RetentionPeriods): readonly string[] => personalClasses.map((name) => textOf(periods, name));

type Kept = { readonly operations: Pick<Operations, 'keyValues'> };

/** By these the service erases from now on; a command that reads other settings than the service finds out. */
export const noteRetentionInForce = ({ operations }: Kept, periods: RetentionPeriods): Promise<void> =>
  operations.keyValues.put(key, textsOf(periods).join(', '));

/**
 * Where these are other periods than those by which the service was started last: how the two name the classes in which they differ.
 * @returns nothing where they are the same, and where no service was ever started
 */
export const otherRetentionInForce = async (
  { operations }: Kept,
  periods: RetentionPeriods,
): Promise<{ readonly service: string; readonly here: string } | undefined> => {
  const standing = (await operations.keyValues.get(key))?.split(', ');
  if (standing === undefined) return undefined;
  const own = textsOf(periods);
  const service = standing.filter((text) => !own.includes(text)).join(', ');
  const here = own.filter((text) => !standing.includes(text)).join(', ');
  return service === '' && here === '' ? undefined : { service, here };
};
