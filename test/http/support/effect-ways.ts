import type { Effect } from '../../../src/application/kernel/rights';
import { never } from '../../../src/application/kernel/processes/process';
import type { Webhooks } from '../../../src/application/kernel/ports/webhooks';
import { Tables } from '../../../src/infrastructure/nest/tables';
import { openedToken } from '../../../src/infrastructure/nest/tokens';
import type { Service } from './service';
import { api, type Case, type Cases, form, json, type PrincipalName, type Way } from './ways';

/** One way in by which something is caused that is no fact, and what is another afterwards. */
export type EffectWay = Omit<Way, 'facts'> & { readonly effect: Effect; readonly stands: (one: Case) => Promise<unknown> };

const host = 'https://calendar.example';
/** With what the service is started, so that there is something to cause. */
export const calendarDoor = { hosts: [host], networks: [] };
export const webhooks: Webhooks = {
  targets: [{ name: 'statistics', fromBeginning: false, wants: () => false }],
  deliver: () => Promise.resolve({ kind: 'delivered' }),
};

/** It is always one's own, whoever asks: these have another one of theirs. */
const withTheirOwn: readonly PrincipalName[] = ['a colleague', 'staff of another department', 'head', 'head of another department'];

export const effectWays = ({ app, ports }: Service, cases: Cases): readonly EffectWay[] => {
  const { attempts, keyValues, outbox } = ports.operations;
  const administration = '/administrare/serviciu';
  const retried = jest.spyOn(Tables.prototype, 'retry').mockResolvedValue('done');
  const kept = jest.spyOn(ports.operations.drafts, 'put');
  const register = (name: string) => ({
    stands: () => keyValues.get(name),
    arrange: async (value?: string): Promise<Case> => {
      await (value === undefined ? keyValues.remove(name) : keyValues.put(name, value));
      return cases.blank();
    },
  });
  const [feed, calendar, target] = [register('calendar-feed-of/s002'), register('absence-calendar/s002'), register('webhook:statistics')];
  const disabled = JSON.stringify({ position: '', disabledAt: cases.now() });
  const feeds = { ...feed, not: withTheirOwn, arrange: () => feed.arrange('tag') };
  const of = (route: string, effect: Effect, way: Omit<EffectWay, 'route' | 'effect'>): EffectWay => ({ route, effect, ...way });
  const followed = { stands: calendar.stands, arrange: () => calendar.arrange() };
  const left = { stands: calendar.stands, arrange: () => calendar.arrange('sealed') };
  /** of a letter whose id is that of the ticket: any will do */
  const stuck = {
    stands: async ({ ticketId }: Case) => (await attempts.get(`process-code-letters:${ticketId}:${ticketId}:x`))?.attempts,
    arrange: async (): Promise<Case> => {
      const one = await cases.blank();
      await attempts.begin(`process-code-letters:${one.ticketId}:${one.ticketId}:x`, cases.now());
      await attempts.failed(`process-code-letters:${one.ticketId}:${one.ticketId}:x`, never, 'given-up');
      return one;
    },
  };
  const rebuild = register('table-rebuild/readings');
  const rebuilt = { stands: rebuild.stands, arrange: () => rebuild.arrange() };
  // reporting tables of which one row is always parked: nothing fills them here
  const askedOfReporting = jest.fn<Promise<number>, []>(() => Promise.resolve(1));
  const reporting = { askAgain: askedOfReporting, fillAnew: askedOfReporting };
  Object.assign(app.get<object>(openedToken), { reporting });
  const reported = { stands: () => Promise.resolve(askedOfReporting.mock.calls.length), arrange: cases.blank };
  const triedTogether = { stands: () => Promise.resolve(retried.mock.calls.length), arrange: cases.parked };
  const tries = { stands: () => Promise.resolve(retried.mock.calls.length), arrange: cases.blank };
  return [
    of(`POST ${api}/letters/:id/bounced`, 'letter.noted-bounced', {
      variant: 'of a code',
      stands: async ({ mark }) => (await outbox.get(mark))?.state,
      arrange: cases.coded,
      sent: ({ mark }) => json(`/letters/${mark}/bounced`),
    }),
    of(`POST ${api}/calendar/feed`, 'feed.renewed', { ...feeds, sent: () => json('/calendar/feed') }),
    of(`DELETE ${api}/calendar/feed`, 'feed.ended', { ...feeds, sent: () => json('/calendar/feed') }),
    of(`PUT ${api}/staff/:id/absences/calendar`, 'calendar.followed', {
      ...followed,
      sent: ({ mark }) => json('/staff/s002/absences/calendar', { url: `${host}/${mark}.ics` }),
    }),
    of('POST /program/:id/calendar/adresa', 'calendar.followed', {
      ...followed,
      sent: ({ mark }) => form('/program/s002/calendar/adresa', { adresa: `${host}/${mark}.ics` }),
    }),
    of(`DELETE ${api}/staff/:id/absences/calendar`, 'calendar.left', { ...left, sent: () => json('/staff/s002/absences/calendar') }),
    of('POST /program/:id/calendar/renunta', 'calendar.left', { ...left, sent: () => form('/program/s002/calendar/renunta') }),
    of(`POST ${api}/webhooks/:name/enable`, 'webhook.enabled', {
      stands: target.stands,
      arrange: () => target.arrange(disabled),
      sent: () => json('/webhooks/statistics/enable'),
    }),
    of(`POST ${api}/parked/:id/retry`, 'row.tried-again', { ...tries, sent: ({ mark }) => json(`/parked/${mark}/retry`) }),
    of('POST /administrare/oprite/:id/reincercare', 'row.tried-again', {
      ...tries,
      sent: ({ mark }) => form(`/administrare/oprite/${mark}/reincercare`),
    }),
    of(`POST ${api}/operations/parked/retry`, 'row.tried-again', { ...triedTogether, sent: () => json('/operations/parked/retry', {}) }),
    of(`POST ${administration}/oprite/reincercare`, 'row.tried-again', {
      ...triedTogether,
      sent: () => form(`${administration}/oprite/reincercare`),
    }),
    of(`POST ${api}/operations/tables/:name/rebuild`, 'table.rebuilt', {
      ...rebuilt,
      sent: () => json('/operations/tables/readings/rebuild'),
    }),
    of(`POST ${administration}/tabele/:name/reconstruire`, 'table.rebuilt', {
      ...rebuilt,
      sent: () => form(`${administration}/tabele/readings/reconstruire`),
    }),
    of(`POST ${api}/operations/reporting/:name/fill`, 'table.rebuilt', {
      ...reported,
      sent: () => json('/operations/reporting/tickets/fill'),
    }),
    of(`POST ${administration}/raportare/:name/umplere`, 'table.rebuilt', {
      ...reported,
      sent: () => form(`${administration}/raportare/tickets/umplere`),
    }),
    of(`POST ${api}/operations/reporting/:name/retry`, 'row.tried-again', {
      ...reported,
      sent: () => json('/operations/reporting/tickets/retry'),
    }),
    of(`POST ${administration}/raportare/:name/reincercare`, 'row.tried-again', {
      ...reported,
      sent: () => form(`${administration}/raportare/tickets/reincercare`),
    }),
    of(`POST ${api}/operations/letters/:id/retry`, 'letter.tried-again', {
      ...stuck,
      sent: ({ ticketId }) => json(`/operations/letters/${ticketId}/retry`),
    }),
    of(`POST ${administration}/scrisori/reincercare`, 'letter.tried-again', {
      ...stuck,
      sent: ({ ticketId }) => form(`${administration}/scrisori/reincercare`, { scrisoare: ticketId }),
    }),
    of(`POST ${administration}/abonamente/:name/repornire`, 'webhook.enabled', {
      stands: target.stands,
      arrange: () => target.arrange(disabled),
      sent: () => form(`${administration}/abonamente/statistics/repornire`),
    }),
    of('POST /programari/:id/anulare', 'draft.kept', {
      variant: 'what is typed',
      stands: () => Promise.resolve(kept.mock.calls.length),
      arrange: cases.scheduled,
      sent: ({ ticketId }) => form(`/programari/${ticketId}/anulare`, { reason: 'illness', ciorna: 'scrie' }),
    }),
  ];
};
