import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from '../closing';
import { opensslIn } from '../time-stamp-authority';

const configuration = `
[ca]
default_ca = own
[own]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
`;

/** An authority of one's own, and certificates of it. */
export const createAuthority = () => {
  const folder = emptyFolder();
  const openssl = opensslIn(folder);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  writeFileSync(join(folder, 'openssl.cnf'), configuration);
  writeFileSync(join(folder, 'index.txt'), '');
  writeFileSync(join(folder, 'serial'), '01\n');
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test authority', '-days', '30');
  let made = 0;
  return {
    /** the file that tells a client to believe it */
    caFile: join(folder, 'ca.pem'),
    /** @param names as in a certificate: `IP:127.0.0.1,DNS:localhost` @returns its two files */
    certify: (names: string, { expired = false } = {}) => {
      const name = `server-${String((made += 1))}`;
      openssl(
        'req',
        ...newKey,
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.csr`,
        '-subj',
        `/CN=${name}`,
        '-addext',
        `subjectAltName=${names}`,
      );
      const span = expired ? ['-startdate', '20200101000000Z', '-enddate', '20200201000000Z'] : ['-days', '2'];
      const signed = ['-config', 'openssl.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key'];
      openssl('ca', '-batch', '-notext', ...signed, ...span, '-in', `${name}.csr`, '-out', `${name}.pem`);
      return { certFile: join(folder, `${name}.pem`), keyFile: join(folder, `${name}.key`) };
    },
  };
};
export type Authority = ReturnType<typeof createAuthority>;

/** A server's certificate with its key, and the file of the authority that vouches for it. */
export type Certificate = {
  readonly key: Buffer;
  readonly chain: Buffer;
  readonly keyFile: string;
  readonly chainFile: string;
  readonly authorityFile: string;
};

/** For localhost; its own authority. */
export const makeCertificate = (): Certificate => {
  const { certify, caFile } = createAuthority();
  const { keyFile, certFile } = certify('DNS:localhost,IP:127.0.0.1');
  return { key: readFileSync(keyFile), chain: readFileSync(certFile), keyFile, chainFile: certFile, authorityFile: caFile };
};
