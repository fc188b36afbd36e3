import type { Ports } from '../../../application/kernel/ports/ports';
import { type NamedStaff, staffNamed } from '../../../application/staff/staff-directory';
import type { Locale } from '../../../domain/ticket/facts';
import { sentences } from '../../phrasing/sentences';
import type { Fault } from './fields';

/** Whom the field `functionar` means; where several are called so, all of them, to choose from. */
export type PersonMeant = {
  /** what stands in the field: a name too, which no address may hold */
  readonly typed: string;
  readonly staffId?: string;
  readonly people: readonly NamedStaff[];
  readonly faults: readonly Fault[];
};

const field = 'functionar';

/**
 * @param typed nothing narrows nothing
 * @param by `id`: of an address, which has no names. `name`: of a form that was sent; a name, the beginnings of one, or an id
 */
export const personMeant = async (
  ports: Pick<Ports, 'readModels' | 'personalData'>,
  typed: string,
  by: 'id' | 'name',
  locale: Locale,
): Promise<PersonMeant> => {
  if (typed === '') return { typed, people: [], faults: [] };
  const words = sentences[locale].audit.list;
  const people = (await staffNamed(ports, typed)).filter(({ staffId }) => by === 'name' || staffId === typed);
  const [found, ...others] = people;
  if (found === undefined) return { typed, people: [], faults: [{ field, message: words.noStaffId }] };
  if (others.length === 0) return { typed, staffId: found.staffId, people: [], faults: [] };
  return { typed, people, faults: [{ field, message: words.severalNamed({ count: people.length }) }] };
};
