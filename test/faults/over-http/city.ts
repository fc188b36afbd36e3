import { createMemoryKeyStore } from '../../../src/infrastructure/log/keys/memory-key-store';
import { createPersonalData } from '../../../src/infrastructure/log/keys/personal-data';
import { derivedFrom } from '../../../src/infrastructure/log/keys/purpose-keys';
import { masterKeyOf, officialToken } from '../../support/official-token';
import type { Service } from '../../support/service';
import type { Answered, Caller } from './caller';

export const filedOn = '2026-02-10';
/** Monday, 10:00 in Cluj. */
export const monday = '2026-03-02T08:00:00.000Z';
export const staffIds = ['s001', 's002', 's003', 's004'];

/** The code that the letter says. Where letters are not what is tested, it need not be read out of one. */
export const codeOf = async (service: Service, ticketId: string, n = 1): Promise<string> =>
  createPersonalData({ keys: createMemoryKeyStore(), purposeKeys: derivedFrom(await masterKeyOf(service)) }).verificationCode(
    ticketId,
    n,
    6,
  );

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
  await imported(caller.call('POST', '/api/v1/requests/import', { token, lines }), lines.length);
};

const imported = async (asked: Promise<Answered>, lines: number): Promise<void> => {
  const { body, text } = await asked;
  if (body.imported !== lines) throw new Error(text);
};

export const lookup = (caller: Caller, number: string): Promise<Answered> =>
  caller.call('POST', '/api/v1/requests/lookup', { body: { requestNumber: number, applicantName: 'Pop Ana', filedOn } });
