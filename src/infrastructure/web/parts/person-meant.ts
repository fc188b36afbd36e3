import type { Ports } from '../../../application/kernel/ports/ports';
import { type NamedStaff, staffNamed } from '../../../application/staff/staff-directory';
import type { Locale } from '../../../domain/ticket/facts';
import { sentences } from '../../phrasing/sentences';
import type { Fault } from './fields';

/** Whom the field `functionar` means; where several are called so, all of them, to choose from. */
export type PersonMeant = {
  readonly staffId?: string;
  /** it was found by name: no address keeps that longer than it must */
  readonly isNamed?: true;
  readonly people: readonly NamedStaff[];
  readonly faults: readonly Fault[];
};

const field = 'functionar';

/** @param typed a name, the beginnings of one, or an id; nothing narrows nothing */
export const personMeant = async (
  ports: Pick<Ports, 'readModels' | 'personalData'>,
  typed: string,
  locale: Locale,
): Promise<PersonMeant> => {
  if (typed === '') return { people: [], faults: [] };
  const words = sentences[locale].audit.list;
  const people = await staffNamed(ports, typed);
  const [found, ...others] = people;
  if (found === undefined) return { people: [], faults: [{ field, message: words.noStaffId }] };
  if (others.length === 0) {
    const { staffId } = found;
    return { staffId, ...(staffId === typed ? {} : { isNamed: true }), people: [], faults: [] };
  }
  return { people, faults: [{ field, message: words.severalNamed({ count: people.length }) }] };
};
