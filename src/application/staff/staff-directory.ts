import { isStaffId } from '../../domain/staff/staff-member';
import { allRows } from '../kernel/reading/all-rows';
import type { Ports } from '../kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../kernel/ports/tables';

/** Everybody whom the staff directory knows, also those who have left: meetings and requests of theirs stay. */
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
 * Whom somebody means: the one who has this id, or everybody whose name has these words, each of them whole or at least its first three
 * letters, in any order and with or without diacritics. In the order of names; nobody where nobody is called so.
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

/** The departments of everybody in the staff directory, by name. */
export const knownDepartments = async (ports: Pick<Ports, 'readModels'>): Promise<readonly KnownDepartment[]> => {
  const known = new Map((await everybody(ports)).map(({ departmentCode, department }) => [departmentCode, { departmentCode, department }]));
  return [...known.values()].toSorted((one, other) => one.department.localeCompare(other.department, 'ro'));
};
