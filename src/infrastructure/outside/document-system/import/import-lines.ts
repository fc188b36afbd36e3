import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Readable } from 'node:stream';
import type { Asker } from '../../../../application/kernel/access';
import type { Done } from '../../../../application/kernel/done';
import type { CommandContext } from '../../../../application/kernel/execute';
import type { Ports } from '../../../../application/kernel/ports/ports';
import { isRefusal, type Refusal, refuse } from '../../../../domain/kernel/refusal';
import { fieldFaultOf, problemCatalogue } from '../../../phrasing/problems/catalogue';
import { fieldFaultsOf } from '../../../validation/sentences';
import { type ImportReport, type LineFault, mostFaultsListed } from './import-report';
import { type ImportFormat, type LineRecord, recordsOf } from './line-records';

/** How one kind of file is read: the shape of a line, what a line is about, and what it does. */
export type ImportKind<L extends object> = {
  readonly shape: new () => L;
  /** the fact that each line is for: a caller who may not cause it brings in no line */
  readonly mayBeBroughtInBy: (asker: Asker) => boolean;
  /** lines about the same thing keep their order */
  readonly about: (line: L) => string;
  readonly write: (ports: Ports, context: CommandContext, line: L) => Promise<Done<unknown> | Refusal>;
};

/** Lines that are written at once: enough for appends to share commits. */
const together = 32;

const refusedLine = (line: number, refusal: Refusal): readonly LineFault[] => {
  const fault = fieldFaultOf(refusal);
  if (fault !== undefined) return [{ line, field: fault.field, message: fault.message }];
  return [{ line, message: problemCatalogue[refusal.code].detail }];
};

/**
 * Reads a file line by line, never as a whole: good lines go in, every other one is named with what is wrong.
 * The same file again writes nothing new, for a registration that changes nothing is no fact.
 * Refuses `forbidden` before the first line is read.
 */
export const importLines = async <L extends object>(
  ports: Ports,
  context: CommandContext,
  kind: ImportKind<L>,
  { format, input }: { readonly format: ImportFormat; readonly input: Readable },
): Promise<ImportReport | Refusal> => {
  if (!kind.mayBeBroughtInBy(context.asker)) return refuse('forbidden');
  const faults: LineFault[] = [];
  let [lines, imported, leftOut, position] = [0, 0, 0, ''];
  const note = (found: readonly LineFault[]): void => {
    for (const fault of found) {
      if (faults.length < mostFaultsListed) faults.push(fault);
      else leftOut += 1;
    }
  };
  const write = async ({ line, fields }: LineRecord): Promise<void> => {
    const record = plainToInstance(kind.shape, fields);
    const wrong = validateSync(record, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
    if (wrong.length > 0) {
      note(fieldFaultsOf(wrong).map((fault) => ({ line, ...fault })));
      return;
    }
    const commandId = ports.identifiers.derive(context.commandId, 'line', String(line));
    const written = await kind.write(ports, { ...context, commandId, causationId: context.commandId }, record);
    if (isRefusal(written)) {
      note(refusedLine(line, written));
      return;
    }
    imported += 1;
    if (written.position > position) position = written.position;
  };
  let batch = new Map<string, Promise<void>>();
  for await (const record of recordsOf(format, input)) {
    lines += 1;
    if (!('fields' in record)) {
      note([record]);
      continue;
    }
    const about = kind.about(plainToInstance(kind.shape, record.fields));
    batch.set(
      about,
      (batch.get(about) ?? Promise.resolve()).then(() => write(record)),
    );
    if (batch.size < together) continue;
    await Promise.all(batch.values());
    batch = new Map();
  }
  await Promise.all(batch.values());
  return { lines, imported, faults: faults.sort((a, b) => a.line - b.line), faultsLeftOut: leftOut, position };
};
