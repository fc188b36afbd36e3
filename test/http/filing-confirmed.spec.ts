import { manualDocumentRegister } from '../../src/infrastructure/outside/document-system/open-registry';
import { gatewayClient } from '../support/gateway/client';
import { startFakeGateway, type FakeGateway } from '../support/gateway/fake-gateway';
import { applicant, startSeeded, type Service } from './support/service';
import { eventually } from '../support/eventually';
import { type Case, casesIn } from './support/ways';

type Judged = {
  readonly overall: string;
  readonly checks: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly grade?: string;
    readonly observable?: readonly string[];
    readonly text: { readonly ro: string };
  }[];
};

let fake: FakeGateway;
let service: Service;
let one: Case;
beforeEach(async () => {
  fake = await startFakeGateway();
  const client = gatewayClient(fake.url);
  // people make the document in INFOCET itself, and the gateway tells what stands there
  service = await startSeeded({ documents: { ...client.documents, ...manualDocumentRegister } }, { processes: true });
  one = await casesIn(service).issued();
  fake.tell({ ...one.request, applicantName: applicant, handlerStaffId: 's002' });
});

const type = async (documentNumber: string): Promise<number> => {
  const token = await service.token('staff', 's002');
  return (await service.call('POST', `/api/v1/tickets/${one.ticketId}/resolution/filed`, { token, body: { documentNumber } })).status;
};
const c14 = async () => {
  await service.settled();
  const token = await service.token('auditor');
  const { status, text } = await service.call('GET', `/api/v1/audit/tickets/${one.ticketId}`, { token });
  expect(status).toBe(200);
  const { checks } = JSON.parse(text) as Judged;
  return checks.find(({ id }) => id === 'C14');
};
const types = async (): Promise<readonly string[]> => {
  const token = await service.token('auditor');
  const { body } = await service.call('GET', `/api/v1/audit/tickets/${one.ticketId}/history`, { token });
  return body.steps.map((step) => step.type).filter((step) => step === 'ResolutionFiled' || step === 'FilingDisproved');
};
const listings = (): number => fake.seen.filter(({ method, path }) => method === 'GET' && path.endsWith('/documents')).length;

describe('Art. 7, C14: a number that a person types, as far as the verdict', () => {
  it('is declared until the register shows the document, and observed from then on', async () => {
    const { number, filedOn } = one.request;
    expect(await type('161203')).toBe(200);
    await eventually('a look at the register', () => listings() > 0);
    expect(await c14()).toMatchObject({ verdict: 'pass', grade: 'declared', observable: ['register-documents'] });
    fake.make(number, filedOn, { documentNumber: '161.203', registeredOn: one.startsAt.slice(0, 10) });
    service.ports.clock.advance({ minutes: 16 });
    await eventually('what is observed', async () => (await types()).length === 2);
    expect(await types()).toEqual(['ResolutionFiled', 'ResolutionFiled']);
    expect(await c14()).toMatchObject({ verdict: 'pass', grade: 'observed' });
  });

  it('that the register does not show fails, in words, and the right one mends it', async () => {
    const { number, filedOn } = one.request;
    const document = { documentNumber: '161204', registeredOn: one.startsAt.slice(0, 10) };
    fake.make(number, filedOn, document);
    expect(await type('161203')).toBe(200);
    await eventually('a look at the register', () => listings() > 0);
    service.ports.clock.advance({ hours: 100 });
    await eventually('the disproof', async () => (await types()).includes('FilingDisproved'));
    expect(await c14()).toMatchObject({
      verdict: 'fail',
      text: { ro: 'Registrul nu arată, la cerere, niciun document cu numărul scris.' },
    });
    expect(await type('161204')).toBe(200);
    await eventually('what is observed', async () => (await types()).length === 4);
    // typed days late, and in the register on the day of the meeting
    expect(await c14()).toMatchObject({ verdict: 'pass', grade: 'observed' });
  });

  it('stays what a person says while the register is away', async () => {
    fake.misbehaves = 'failing';
    expect(await type('161203')).toBe(200);
    await eventually('a look at the register', () => listings() > 0);
    service.ports.clock.advance({ hours: 100 });
    const before = listings();
    await eventually('another look at the register', () => listings() > before);
    expect(await c14()).toMatchObject({ verdict: 'pass', grade: 'declared' });
    expect(await types()).toEqual(['ResolutionFiled']);
  });
});
