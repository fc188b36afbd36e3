import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { verifierLine, type NoteVerifier } from '@tichet-albastru/signed-log';
import type { TicketProof } from '../../src/infrastructure/proof/ticket-proof';
import { requireFile, toolFile } from './tool';

export const pythonProgram = join(__dirname, '..', '..', 'tools', 'verify_ticket.py');

const answers = (command: string, ...argv: readonly string[]): boolean => spawnSync(command, argv).status === 0;

/** Where python3 or an openssl with Ed25519 is missing, one line says so. */
export const hasPython = ((): boolean => {
  const has = answers('python3', '-c', 'import sys; sys.exit(sys.version_info < (3, 9))') && answers('openssl', 'version');
  if (!has) console.log('Skipped: python3 (3.9 or newer) or openssl is not on this machine.');
  return has;
})();

type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };
const runProgram = (program: string, ...argv: readonly string[]): Ended => {
  const { status, stdout, stderr } = spawnSync('python3', [program, ...argv], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { status, stdout, stderr };
};
export const runPython = (...argv: readonly string[]): Ended => runProgram(pythonProgram, ...argv);

/** One process for all. @param program a test's broken copy @returns by path whether it holds */
export const pythonVerdicts = (folder: string, key: NoteVerifier, program = pythonProgram): ReadonlyMap<string, boolean> => {
  const { stdout, stderr } = runProgram(program, '--lang', 'en', '--quiet', '--key', verifierLine(key), folder);
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

type Sigstore = {
  readonly verifyCheckpoint: (entry: object, keys: readonly object[]) => object;
  readonly verifyMerkleInclusion: (entry: object, checkpoint: object) => void;
};
const sigstore = (): Sigstore => ({
  ...requireFile(toolFile('sigstore', '@sigstore/verify/dist/tlog/checkpoint.js')),
  ...requireFile(toolFile('sigstore', '@sigstore/verify/dist/tlog/merkle.js')),
});

/** What Sigstore's own client sees of a proof: the checkpoint's signature, and every event's way to its root. */
export const sigstoreAccepts = ({ checkpoint, events }: TicketProof, key: NoteVerifier): boolean => {
  const { verifyCheckpoint, verifyMerkleInclusion } = sigstore();
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
      verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
    }
    return true;
  } catch {
    return false;
  }
};
