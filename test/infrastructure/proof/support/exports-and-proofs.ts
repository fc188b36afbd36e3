import { createHash } from 'node:crypto';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { exportFormat, lineOf, manifestText } from '../../../../src/infrastructure/proof/export/export-lines';
import { type ExportQuery, writeExport } from '../../../../src/infrastructure/proof/export/write-export';
import type { JudgedTicket, JudgingOptions } from '../../../../src/infrastructure/proof/judge/judge-carried';
import { judgeExport, type NotJudged } from '../../../../src/infrastructure/proof/judge/judge-file';
import { judgedProof, proofManifestText, sumOfProof, type TicketProof } from '../../../../src/infrastructure/proof/ticket-proof';
import { type NoteSigner, signNote, verifiedCheckpoint } from '@tichet-albastru/signed-log';
import { joined } from '../../../support/export-edits';
import type { SealedDemo } from '../../../support/sealed-demo';

/** The export of a demonstration, as the service writes it. */
export const exportOf = async ({ ports, key }: Pick<SealedDemo, 'ports' | 'key'>, asked: ExportQuery = {}): Promise<Buffer> => {
  const lines: string[] = [];
  for await (const line of writeExport(ports, { signer: key, ...asked })) lines.push(line);
  return Buffer.from(lines.join(''));
};

/** The proof of one of its tickets, with the evidence and the verdicts. */
export const proofOf = async ({ ports, key }: SealedDemo, ticketId: string): Promise<TicketProof> => {
  const proved = await judgedProof(ports, ticketId, key);
  if (isRefusal(proved) || proved.kind !== 'proved') throw new Error(`There is no proof of ${ticketId}.`);
  return proved.proof;
};

export async function* inOne(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** What comes of an export that is judged from its own bytes. */
export const judgedIn = async ({ ports, key }: SealedDemo, bytes: Buffer, asked: JudgingOptions = {}) => {
  const judged: JudgedTicket[] = [];
  const not: NotJudged[] = [];
  const checked = await judgeExport(ports.codec, inOne(bytes), {
    given: key,
    ...asked,
    onTicket: (outcome) => {
      if ('because' in outcome) not.push(outcome);
      else judged.push(outcome);
    },
  });
  return { checked, judged, not, differences: judged.flatMap(({ difference }) => difference ?? []) };
};

const sealedTo = (note: string, key: NoteSigner) => {
  const checkpoint = verifiedCheckpoint(note, key);
  if (checkpoint === undefined) throw new Error('It has no checkpoint.');
  return { size: checkpoint.size, root: checkpoint.root.toString('hex') };
};

type Line = Readonly<Record<string, unknown>>;
const countOf = (name: string, lines: readonly Line[]): number =>
  lines.reduce((sum, line) => sum + ((line[name] as readonly unknown[] | undefined)?.length ?? 0), 0);

/** The lines of an export with a manifest: with counts and sum as they are now, as whoever holds the key of the seal could sign them. */
export const exportSignedAnew = (lines: readonly string[], key: NoteSigner): Buffer => {
  const [head, ...others] = lines.map((line) => JSON.parse(line) as Line);
  const { checkpoint, asOf } = head as { checkpoint: string; asOf: string };
  const tickets = others.filter((line) => 'ticketId' in line);
  const shared = others.filter((line) => 'stream' in line);
  const text = manifestText({
    format: exportFormat,
    tickets: tickets.length,
    events: countOf('events', tickets),
    evidence: countOf('request', tickets) + countOf('events', shared),
    sum: createHash('sha256').update(joined(lines)).digest('hex'),
    asOf,
    checkpoint: sealedTo(checkpoint, key),
  });
  return joined([...lines, lineOf({ manifest: signNote(text, key) }).trimEnd()]);
};

/** The same of a proof. */
export const proofSignedAnew = ({ manifest: _, ...proof }: TicketProof, key: NoteSigner): TicketProof => {
  const head = proof.events.at(-1);
  if (head === undefined) throw new Error('Nothing is proved.');
  const checkpoint = sealedTo(proof.checkpoint, key);
  const text = proofManifestText({ ticketId: proof.ticketId, head, sum: sumOfProof(proof), checkpoint });
  return { ...proof, manifest: signNote(text, key) };
};
