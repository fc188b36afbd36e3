import { createCityHall, must, type CityHall } from './city-hall';
import { codeIn, type PostOffice } from './post-office';

/** Two civil servants of one department and a head, as the staff list has them. */
export const staffCsv = [
  'staffId,name,role,department,departmentCode,email',
  's001,Bogdan Suciu,head-of-service,Serviciul Autorizări urbanism,425,s001@primarie.example',
  's002,Zoltán Marc,executive,Serviciul Autorizări urbanism,425,s002@primarie.example',
  's003,Ana Țîrlea,executive,Serviciul Autorizări urbanism,425,s003@primarie.example',
].join('\r\n');

/** A request as the register's file has it. */
export type Line = {
  readonly number: string;
  readonly applicant: string;
  readonly filedOn?: string;
  readonly status?: string;
  readonly handler?: string;
  /** document, day and channel of an answer */
  readonly answer?: readonly [string, string, string];
};
export const requestsCsv = (lines: readonly Line[]): string =>
  [
    'number,departmentCode,filedOn,applicantName,subject,status,handlerStaffId,answerDocumentNumber,answerCommunicatedOn,answerChannel',
    ...lines.map(({ number, applicant, filedOn = '2026-02-02', status = 'in-operation', handler = 's002', answer = ['', '', ''] }) =>
      [number, '425', filedOn, applicant, 'Certificat de urbanism', status, handler, ...answer].join(','),
    ),
  ].join('\r\n');

export const csv = (text: string) => ({ type: 'text/csv; charset=utf-8', text });

/** Imports the staff list and these requests, and holds the report to having no fault. */
export const importAll = async (hall: CityHall, lines: readonly Line[]): Promise<void> => {
  const staff = await must(200, hall.as('admin')('POST', '/staff/import', { file: csv(staffCsv) }));
  expect(staff.body).toMatchObject({ imported: 3, faults: [] });
  const requests = await must(200, hall.as('registry')('POST', '/requests/import', { file: csv(requestsCsv(lines)) }));
  expect(requests.body).toMatchObject({ imported: lines.length, faults: [] });
};

/** Started at that instant, with these requests; with a mail server, or none. */
export const openCityHall = async (instant: string, lines: readonly Line[], post?: PostOffice): Promise<CityHall> => {
  const hall = await createCityHall(post && { TICHET_SMTP_URL: post.url, TICHET_MAIL_FROM: 'Primăria <tichet@primaria.example>' });
  await hall.moveTo(instant);
  await hall.service.start();
  await importAll(hall, lines);
  return hall;
};

export const lookup = (hall: CityHall, { number, applicant, filedOn = '2026-02-02' }: Line) =>
  hall.call('POST', '/requests/lookup', { body: { requestNumber: number, applicantName: applicant, filedOn } });

export type Wish = {
  readonly startsAt: string;
  readonly mode: string;
  readonly email?: string;
  readonly phone?: string;
  readonly earlierHour?: boolean;
};

export const ask = async (hall: CityHall, line: Line, wish: Wish) => {
  const found = await must(200, lookup(hall, line));
  const { bookingToken, recordingNotice } = found.body;
  const notice = wish.mode === 'online' ? { recordingNoticeVersion: recordingNotice.version } : {};
  return hall.call('POST', '/tickets', { token: bookingToken, body: { ...wish, ...notice } });
};

/** A ticket as the citizen holds it. */
export type Held = { readonly ticketId: string; readonly manageToken: string; readonly reference: string };

/** Art. 3: looked up, asked for and, with an e-mail, verified by the code that the letter brings. */
export const book = async (hall: CityHall, line: Line, wish: Wish, post?: PostOffice): Promise<Held> => {
  const { body } = await must(201, ask(hall, line, wish));
  const { ticketId, manageToken, reference } = body;
  if (wish.email === undefined) {
    expect(body.status).toBe('scheduled');
    return { ticketId, manageToken, reference };
  }
  expect(body.status).toBe('awaiting-code');
  if (post === undefined) throw new Error('A code needs a post office.');
  const code = codeIn(await post.letter(wish.email, 1));
  const verified = await must(200, hall.call('POST', `/tickets/${ticketId}/verification`, { token: manageToken, body: { code } }));
  expect(verified.body.status).toBe('scheduled');
  return { ticketId, manageToken, reference };
};
