import type { DueField } from '../../../domain/audit/explained';
import type { Words } from './terminal';
import { inBoth } from '../../phrasing/sentences';

/** What is due, or holds, until the instant that a fact fixed. */
export const dueWords: Readonly<Record<DueField, Words>> = inBoth.cli.due.due;
