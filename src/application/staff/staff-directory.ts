import { isStaffId } from '../../domain/staff/staff-member';
import { allRows } from '../kernel/reading/all-rows';
import type { Ports } from '../kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../kernel/ports/tables';

/** All officials in the staff directory, also those who have left: meetings and requests of theirs stay. */
const everybody = (ports: Pick<Ports, 'readModels'>): Promise<readonly StaffDirectoryRow[]> => allRows(ports, tables.staffDirectory);

export type NamedStaff = Pick<StaffDirectoryRow, 'staffId' | 'department' | 'departmentCode'> & { readonly name: string };

/** The words of a name as they are compared: Pop-Știrbu, pop stirbu. */
const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** What is no name in any way is not looked for. */
const nameForm = /^[\p{L}\p{M}\p{N}\s.,'’-]+$/u;
/** Fewer letters begin too many names. */
const fewestLetters = 3;
const means = (typed: string, word: string): boolean => word === typed || (typed.length >= fewestLetters && word.startsWith(typed));

const personOf = async (
  { personalData }: Pick<Ports, 'personalData'>,
  { staffId, department, departmentCode, staff }: StaffDirectoryRow,
): Promise<NamedStaff> => ({ staffId, department, departmentCode, name: (await personalData.open(staff.name)) ?? staffId });

/**
 * The officials that a text means: the one who has this id, or all whose name has these words, each of them whole or at least its first
 * three letters, in any order and with or without diacritics. In the order of names; empty where no official is called so.
 */
export const staffNamed = async (ports: Pick<Ports, 'readModels' | 'personalData'>, text: string): Promise<readonly NamedStaff[]> => {
  const id = text.trim();
  // a row that is parked still says who this is
  const where = [{ column: 'key', is: id }];
  const meant = isStaffId(id) ? await allRows<StaffDirectoryRow>(ports, tables.staffDirectory, { where }) : [];
  if (meant.length > 0) return Promise.all(meant.map((row) => personOf(ports, row)));
  const typed = nameForm.test(text) ? wordsOf(text) : [];
  if (typed.length === 0) return [];
  const people = await Promise.all((await everybody(ports)).map((row) => personOf(ports, row)));
  const named = people.filter(({ name }) => typed.every((part) => wordsOf(name).some((word) => means(part, word))));
  return named.toSorted((one, other) => one.name.localeCompare(other.name, 'ro'));
};

export type KnownDepartment = { readonly departmentCode: string; readonly department: string };

/** @property names all that it had, the newest last @property isPresent officials are registered in it, also if all of them have left */
export type NamedDepartment = KnownDepartment & { readonly names: readonly string[]; readonly isPresent: boolean };

type Place = KnownDepartment & { readonly since: string; readonly isPresent: boolean };
/** Where a person works and has worked. Rows of a former version say the first alone, and are read until the table is filled anew. */
const placesOf = (row: StaffDirectoryRow): readonly Place[] => {
  const told = ('departments' in row ? row.departments : []).filter((one) => 'since' in one);
  const former = told.slice(0, -1).map(({ from: _, ...one }) => ({ ...one, isPresent: false }));
  return [...former, { departmentCode: row.departmentCode, department: row.department, since: told.at(-1)?.since ?? '', isPresent: true }];
};
/** In this order the last is the newest: what still stands is newer than what does not, however late that was. */
const byAge = ({ isPresent, since, department }: Place): string => `${Number(isPresent)} ${since} ${department}`;

/**
 * Every department in which an official is or was registered. Its name is the newest of those under which officials are registered in it
 * now; where all have gone elsewhere, the newest that it had. `v2_departments` says the same of the first, and has no row of the others.
 */
export const everyDepartment = async (ports: Pick<Ports, 'readModels'>): Promise<readonly NamedDepartment[]> => {
  const told = (await everybody(ports)).flatMap(placesOf);
  const every = new Map<string, NamedDepartment>();
  for (const { departmentCode, department, isPresent } of told.toSorted((one, other) => (byAge(one) < byAge(other) ? -1 : 1))) {
    const names = [...(every.get(departmentCode)?.names ?? []).filter((name) => name !== department), department];
    every.set(departmentCode, { departmentCode, department, names, isPresent });
  }
  return [...every.values()];
};

/**
 * The codes of those that a text means: the one whose code it is, else each that has or had this name. An unknown text may be a code all
 * the same.
 */
export const departmentsMeant = (every: readonly NamedDepartment[], text: string): readonly [string, ...string[]] => {
  const named = every.filter(({ names }) => names.includes(text)).map(({ departmentCode }) => departmentCode);
  const [first, ...others] = every.some(({ departmentCode }) => departmentCode === text) ? [text] : named;
  return [first ?? text, ...others];
};

/** The departments of all officials in the staff directory, by name. */
export const knownDepartments = async (ports: Pick<Ports, 'readModels'>): Promise<readonly KnownDepartment[]> =>
  (await everyDepartment(ports))
    .filter(({ isPresent }) => isPresent)
    .map(({ departmentCode, department }) => ({ departmentCode, department }))
    .toSorted((one, other) => one.department.localeCompare(other.department, 'ro'));
