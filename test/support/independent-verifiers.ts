import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { verifyCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint';
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle';
import { verifierLine, type NoteVerifier } from '../../src/infrastructure/signed-log/signed-note';
import type { TicketProof } from '../../src/infrastructure/proof/ticket-proof';

const program = join(__dirname, '..', '..', 'tools', 'verify_ticket.py');

const answers = (command: string, ...argv: readonly string[]): boolean => spawnSync(command, argv).status === 0;

/** Where python3 or an openssl with Ed25519 is missing, one line says so. */
export const hasPython = ((): boolean => {
  const has = answers('python3', '-c', 'import sys; sys.exit(sys.version_info < (3, 9))') && answers('openssl', 'version');
  if (!has) console.log('Skipped: python3 (3.9 or newer) or openssl is not on this machine.');
  return has;
})();

export const runPython = (
  ...argv: readonly string[]
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } => {
  const { status, stdout, stderr } = spawnSync('python3', [program, ...argv], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { status, stdout, stderr };
};

/** One process for all. @returns by path whether it holds */
export const pythonVerdicts = (folder: string, key: NoteVerifier): ReadonlyMap<string, boolean> => {
  const { stdout, stderr } = runPython('--lang', 'en', '--quiet', '--key', verifierLine(key), folder);
  if (stderr !== '') throw new Error(stderr);
  return new Map(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [, verdict = '', path = ''] = /^(OK|FAIL) +(.+?): /.exec(line) ?? [];
        return [path, verdict === 'OK'] as const;
      }),
  );
};

/** What Sigstore's own client sees of a proof: the checkpoint's signature, and every event's way to its root. */
export const sigstoreAccepts = ({ checkpoint, events }: TicketProof, key: NoteVerifier): boolean => {
  const log = { logID: key.keyId, baseURL: key.name, publicKey: key.publicKey };
  try {
    for (const { leaf, hash, proof } of events) {
      const entry = {
        canonicalizedBody: Buffer.from(hash, 'hex'),
        inclusionProof: {
          logIndex: String(leaf),
          hashes: proof.map((beside) => Buffer.from(beside, 'hex')),
          checkpoint: { envelope: checkpoint },
        },
      };
      const signed = verifyCheckpoint(
        entry as unknown as Parameters<typeof verifyCheckpoint>[0],
        [log] as unknown as Parameters<typeof verifyCheckpoint>[1],
      );
      verifyMerkleInclusion(entry as unknown as Parameters<typeof verifyMerkleInclusion>[0], signed);
    }
    return true;
  } catch {
    return false;
  }
};
