import { codeOfTicket } from '../../../src/application/booking/codes';
import { dataFiles, pathIn } from '../../../src/infrastructure/database/data-folder/data-files';
import { openPoolAt } from '@tichet-albastru/event-log/database/postgres/open-pool-at';
import { openReading } from '@tichet-albastru/event-log/database/sqlite/open-database';
import { openBytes } from '@tichet-albastru/event-log/keys/encrypting';
import { derivedFrom } from '../../../src/infrastructure/log/keys/purpose-keys';
import { masterKeyOf, officialToken } from '../../support/official-token';
import type { Service } from '../../support/service';
import type { Answered, Caller } from './caller';

export const filedOn = '2026-02-10';
/** Monday, 10:00 in Cluj. */
export const monday = '2026-03-02T08:00:00.000Z';
export const staffIds = ['s001', 's002', 's003', 's004'];
/** So many requests of theirs, in turn. */
export const requestsOf = (count: number): readonly { readonly number: string; readonly staffId: string }[] =>
  Array.from({ length: count }, (_, index) => ({ number: String(400_000 + index), staffId: staffIds[index % staffIds.length] ?? '' }));

const kept = new Map<string, string>();

const sealedCode = async ({ dataFolder, postgresUrl }: Service, name: string): Promise<string | undefined> => {
  if (postgresUrl === undefined) {
    const database = openReading(pathIn(dataFolder, dataFiles.operations));
    const sealed = database.prepare<[string], string>('SELECT sealed FROM codes WHERE name = ?').pluck().get(name);
    database.close();
    return sealed;
  }
  const { pool } = await openPoolAt({ url: postgresUrl, purpose: 'code', most: 1 });
  const { rows } = await pool.query<{ readonly sealed: string }>('SELECT sealed FROM tichet.codes WHERE name = $1', [name]);
  await pool.end();
  return rows[0]?.sealed;
};

/** The code that the letter says. Where letters are not what is tested, it need not be read out of one; used, it is nowhere any more. */
export const codeIfKept = async (service: Service, ticketId: string): Promise<string | undefined> => {
  const name = codeOfTicket(ticketId, 1);
  const known = kept.get(name);
  if (known !== undefined) return known;
  const sealed = await sealedCode(service, name);
  if (sealed === undefined) return undefined;
  const key = derivedFrom(await masterKeyOf(service))('kept-answer');
  const code = openBytes(key, Buffer.from(sealed, 'base64'), `code\u001f${name}`).toString();
  kept.set(name, code);
  return code;
};

export const codeOf = async (service: Service, ticketId: string): Promise<string> => {
  const code = await codeIfKept(service, ticketId);
  if (code === undefined) throw new Error(`No code of ${ticketId} is kept.`);
  return code;
};

/** The staff, the first of them their head, and so many registered requests, through the doors that the registry uses. */
export const populate = async (
  service: Service,
  caller: Caller,
  requests: readonly { readonly number: string; readonly staffId: string }[],
): Promise<void> => {
  const token = await officialToken(service, { role: 'admin' });
  const staff = staffIds.map((staffId, index) => ({
    staffId,
    name: 'Zoltán Marc',
    role: index === 0 ? 'head-of-service' : 'executive',
    department: 'Urbanism',
    departmentCode: '425',
    email: `${staffId}@primarie.example`,
  }));
  await imported(caller.call('POST', '/api/v1/staff/import', { token, lines: staff }), staff.length);
  const lines = requests.map(({ number, staffId }) => ({
    number,
    filedOn,
    applicantName: 'Ana Pop',
    handlerStaffId: staffId,
    status: 'in-operation',
  }));
  for (let from = 0; from < lines.length; from += linesAtOnce) {
    const some = lines.slice(from, from + linesAtOnce);
    await imported(caller.call('POST', '/api/v1/requests/import', { token, lines: some }), some.length);
  }
};

/** A request has a minute to come in, and a busy machine reads lines as slowly as it registers them. */
const linesAtOnce = 500;

const imported = async (asked: Promise<Answered>, lines: number): Promise<void> => {
  const { body, text } = await asked;
  if (body.imported !== lines) throw new Error(text);
};

export const lookup = (caller: Caller, number: string): Promise<Answered> =>
  caller.call('POST', '/api/v1/requests/lookup', { body: { requestNumber: number, applicantName: 'Pop Ana', filedOn } });
