import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from './closing';
import { serveHttp } from './http-server';

/** A time-stamping authority of openssl behind HTTP, with a certificate authority of its own. */
export type TestAuthority = {
  readonly url: string;
  /** PEM of the certificate authority, and the file it stands in */
  readonly ca: string;
  readonly caFile: string;
  /** what is done to a request before it is answered, and to the answer; nothing at first */
  lie: { request?: (request: Buffer) => Buffer; answer?: (answer: Buffer) => Buffer | Promise<Buffer>; status?: number };
  /** answers of openssl alone */
  answer(request: Buffer): Buffer;
  readonly asked: readonly string[];
};

export const hasOpenssl = (): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log('openssl is missing: the time stamps are not tested.');
    return false;
  }
};

const configuration = (folder: string): string => `
[req]
distinguished_name = dn
[dn]
[v3_ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[v3_tsa]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = ${folder}/serial
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
signer_digest = sha256
tsa_name = no
`;

export const opensslIn =
  (folder: string) =>
  (...args: readonly string[]): string =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

export const openAuthority = async (): Promise<TestAuthority> => {
  const folder = emptyFolder();
  const openssl = opensslIn(folder);
  writeFileSync(join(folder, 'openssl.cnf'), configuration(folder));
  writeFileSync(join(folder, 'serial'), '01\n');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-config', 'openssl.cnf'];
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test CA', '-days', '30', '-extensions', 'v3_ca');
  openssl('req', ...newKey, '-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', '/CN=Test TSA');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '20', '-extfile', 'openssl.cnf'];
  openssl('x509', '-req', '-in', 'tsa.csr', ...signed, '-out', 'tsa.pem', '-extensions', 'v3_tsa');
  const answer = (request: Buffer): Buffer => {
    writeFileSync(join(folder, 'request.tsq'), request);
    const signer = ['-inkey', 'tsa.key', '-signer', 'tsa.pem', '-chain', 'ca.pem'];
    openssl(
      'ts',
      '-reply',
      '-queryfile',
      'request.tsq',
      '-config',
      'openssl.cnf',
      '-section',
      'tsa_config',
      ...signer,
      '-out',
      'answer.tsr',
    );
    return readFileSync(join(folder, 'answer.tsr'));
  };
  const asked: string[] = [];
  const lie: TestAuthority['lie'] = {};
  const { url } = await serveHttp((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      asked.push(request.headers['content-type'] ?? '');
      void (async () => {
        const whole = Buffer.concat(parts);
        const bytes = answer(lie.request?.(whole) ?? whole);
        const told = (await lie.answer?.(bytes)) ?? bytes;
        response.writeHead(lie.status ?? 200, { 'content-type': 'application/timestamp-reply' }).end(told);
      })();
    });
  });
  const caFile = join(folder, 'ca.pem');
  return { url: `${url}/tsr`, ca: readFileSync(caFile, 'utf8'), caFile, lie, answer, asked };
};
