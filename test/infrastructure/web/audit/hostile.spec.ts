import { registerRequest } from '../../../../src/application/requests/register-request';
import { registerStaff } from '../../../../src/application/staff/register-staff';
import { mustBeDone, online } from '../../../http/support/service';
import { openPages, textOf, type Pages } from './support';

/** Markup, right-to-left, an end of line, emoji; and as long as the log takes it. */
const nasty = `<script>alert(1)</script> "x" ' & \u202eabc 👩‍🚀 =1+1`;
const long = 'ă'.repeat(10_000);

let pages: Pages;
let id: string;
beforeAll(async () => {
  pages = await openPages();
  const { service } = pages;
  const person = {
    staffId: 'x-y',
    name: nasty,
    role: 'executive',
    department: nasty,
    departmentCode: '433',
    email: 'x@primaria.example',
  } as const;
  mustBeDone(await registerStaff(service.ports)(service.context(), person));
  const request = { number: '777', filedOn: '2026-02-02' };
  mustBeDone(
    await registerRequest(service.ports)(service.context(), {
      ...request,
      applicantName: 'Ana Pop',
      subject: long,
      department: nasty,
      departmentCode: '433',
      handlerStaffId: 'x-y',
      status: 'answered',
      answer: { documentNumber: nasty, communicatedOn: '2026-03-09', channel: 'email', answeredBy: 'x-y' },
    }),
  );
  await service.settled();
  const found = await service.call('POST', '/api/v1/requests/lookup', {
    body: { requestNumber: '777', applicantName: 'Ana Pop', filedOn: '2026-02-02' },
  });
  const { status, text, body } = await service.call('POST', '/api/v1/tickets', {
    token: found.body.bookingToken,
    body: { ...online, startsAt: '2026-03-16T08:00:00.000Z', notes: nasty.replaceAll('\r', '') },
  });
  if (status !== 201) throw new Error(text);
  id = body.ticketId;
  await service.settled();
});

describe('what hostile hands brought into the log', () => {
  it('is text on every page', async () => {
    for (const path of [
      '/audit?de-la=2026-03-16&pana-la=2026-03-16',
      '/audit?functionar=x-y',
      `/audit/${id}`,
      `/audit/${id}?pas=1`,
      `/audit/${id}/eveniment/1`,
    ]) {
      const page = await pages.get(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(page.text.match(/<script/g)).toHaveLength(1);
      expect(textOf(page)).toContain('<script>alert(1)</script>');
    }
  });

  it('keeps its direction to itself', async () => {
    const { text } = await pages.get(`/audit/${id}?pas=1`);
    for (const [before] of text.matchAll(/(<bdi>|<code>)?[^<]*\u202e/g)) expect(before).toMatch(/^<(bdi|code)>/);
  });

  it('is never sent unsealed when it is personal', async () => {
    const all = await Promise.all([
      pages.get(`/audit/${id}`),
      pages.get(`/audit/${id}/eveniment/1`),
      pages.get(`/audit/${id}/evenimente.ndjson`),
    ]);
    for (const { text } of all) expect(text).not.toMatch(/Ana Pop|andrei@exemplu|0740/);
  });
});
