import { sendOpeningLetters } from '../../../../src/application/booking/opening';
import { applicant, request, type Service, startsAt } from '../../../http/support/service';
import type { Answer, BrowserOf } from './browser-of';

export const typed = { requestNumber: request.number, applicantName: applicant, day: '2', month: '2', year: '2026' };

export const findRequest = async (browser: BrowserOf): Promise<Answer> => {
  await browser.visit('/programare');
  return browser.send('/programare/cerere', typed);
};
export const toModes = async (browser: BrowserOf, at = startsAt): Promise<void> => {
  await findRequest(browser);
  await browser.get('/programare/ora');
  await browser.send('/programare/ora', { startsAt: at });
  await browser.get('/programare/mod');
};
export const toCheck = async (browser: BrowserOf, email = 'andrei@exemplu.ro', at = startsAt): Promise<Answer> => {
  await toModes(browser, at);
  await browser.send('/programare/mod', { mode: 'online', acord: '2026-1' });
  await browser.get('/programare/contact');
  await browser.send('/programare/contact', { email, phone: '0740 123 456' });
  return browser.get('/programare/verificare');
};
export const toCode = async (browser: BrowserOf, email?: string, at?: string): Promise<Answer> => {
  await toCheck(browser, email, at);
  await browser.send('/programare/verificare');
  return browser.get('/programare/cod');
};

/** The ticket for whose code the browser is asked. @returns its id */
export const toCodeOfTicket = async ({ settled, ports }: Service, browser: BrowserOf): Promise<string> => {
  await toCode(browser);
  await settled();
  const { rows } = await ports.readModels.select<{ ticketId: string }>('ticket-status');
  return rows[0]?.ticketId ?? '';
};

/** Opens a ticket with a code from its letter: a session lasts half a day. */
export const openAgain = async ({ ports }: Service, browser: BrowserOf, ticket: string): Promise<Answer> => {
  await browser.visit(ticket);
  await browser.send(`${ticket}/deschide/cod`);
  await browser.get(`${ticket}/deschide?trimis=1`);
  await sendOpeningLetters(ports, ports.clock.now());
  const code = /^\d{6}$/mu.exec(ports.mailer.letters.findLast(({ subject }) => subject.includes('se deschide'))?.text ?? '')?.[0] ?? '';
  const opened = await browser.send(`${ticket}/deschide`, { code });
  return browser.get(opened.location);
};
