import { defined } from '../../domain/kernel/defined';
import type { Ports } from '../kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../kernel/ports/tables';

/** Rows that are read together. */
const rowsAtOnce = 500;

/** Everybody whom the staff directory knows, also those who have left: meetings and requests of theirs stay. */
const everybody = async ({ readModels }: Pick<Ports, 'readModels'>): Promise<readonly StaffDirectoryRow[]> => {
  const rows: StaffDirectoryRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await readModels.select<StaffDirectoryRow>(tables.staffDirectory, { limit: rowsAtOnce, ...defined({ cursor }) });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== undefined);
  return rows;
};

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

/**
 * Whom somebody means: the one who has this id, or everybody whose name has these words, each of them whole or at least its first three
 * letters, in any order and with or without diacritics. In the order of names; nobody where nobody is called so.
 */
export const staffNamed = async (ports: Pick<Ports, 'readModels' | 'personalData'>, text: string): Promise<readonly NamedStaff[]> => {
  const typed = nameForm.test(text) ? wordsOf(text) : [];
  const named: NamedStaff[] = [];
  for (const { staffId, department, departmentCode, staff } of await everybody(ports)) {
    const name = await ports.personalData.open(staff.name);
    const person = { staffId, department, departmentCode, name: name ?? staffId };
    if (staffId === text.trim()) return [person];
    const words = wordsOf(name ?? '');
    if (typed.length > 0 && typed.every((part) => words.some((word) => means(part, word)))) named.push(person);
  }
  return named.toSorted((one, other) => one.name.localeCompare(other.name, 'ro'));
};

export type KnownDepartment = { readonly departmentCode: string; readonly department: string };

/** The departments of everybody in the staff directory, by name. */
export const knownDepartments = async (ports: Pick<Ports, 'readModels'>): Promise<readonly KnownDepartment[]> => {
  const known = new Map((await everybody(ports)).map(({ departmentCode, department }) => [departmentCode, { departmentCode, department }]));
  return [...known.values()].toSorted((one, other) => one.department.localeCompare(other.department, 'ro'));
};
