import type { Effect } from '../../../src/application/kernel/rights';
import { never } from '../../../src/application/kernel/processes/process';
import type { Webhooks } from '../../../src/application/kernel/ports/webhooks';
import { Tables } from '../../../src/infrastructure/nest/tables';
import { openedToken } from '../../../src/infrastructure/nest/tokens';
import type { Service } from './service';
import { addressOf, api, type Case, type Cases, form, json, type PrincipalName, type Way } from './ways';

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
  /** what it is about: what stands, how it comes to stand so, and the name in its route */
  type Kind = Omit<EffectWay, 'route' | 'effect' | 'sent'> & { readonly name?: string };
  const of = (
    route: string,
    effect: Effect,
    { name = '', ...kind }: Kind,
    body: (one: Case) => Readonly<Record<string, string>> = () => ({}),
  ): EffectWay => ({
    route,
    effect,
    ...kind,
    sent: (one) => {
      const url = addressOf(route, one, { name });
      return url.startsWith(api) ? json(url.slice(api.length), body(one)) : form(url, body(one));
    },
  });
  const followed = { stands: calendar.stands, arrange: () => calendar.arrange() };
  const left = { stands: calendar.stands, arrange: () => calendar.arrange('sealed') };
  const disabledTarget = { name: 'statistics', stands: target.stands, arrange: () => target.arrange(disabled) };
  /** of a letter whose id is that of the ticket: any will do */
  const stuck = {
    stands: async ({ ticketId }: Case) => (await attempts.get(`process-code-letters:${ticketId}:${ticketId}:x`))?.attempts,
    arrange: async (): Promise<Case> => {
      const one = await cases.blank();
      await attempts.begin(`process-code-letters:${one.ticketId}:${one.ticketId}:x`, cases.now());
      await attempts.failed(`process-code-letters:${one.ticketId}:${one.ticketId}:x`, never, 'given-up');
      return { ...one, mark: one.ticketId };
    },
  };
  const rebuild = register('table-rebuild/readings');
  const rebuilt = { name: 'readings', stands: rebuild.stands, arrange: () => rebuild.arrange() };
  // reporting tables of which one row is always parked: nothing fills them here
  const askedOfReporting = jest.fn<Promise<number>, []>(() => Promise.resolve(1));
  const reporting = { askAgain: askedOfReporting, fillAnew: askedOfReporting };
  Object.assign(app.get<object>(openedToken), { reporting });
  const reported = { name: 'tickets', stands: () => Promise.resolve(askedOfReporting.mock.calls.length), arrange: cases.blank };
  const triedTogether = { stands: () => Promise.resolve(retried.mock.calls.length), arrange: cases.parked };
  const tries = { stands: triedTogether.stands, arrange: cases.blank };
  const codeBounced: Kind = { variant: 'of a code', stands: async ({ mark }) => (await outbox.get(mark))?.state, arrange: cases.coded };
  const typed = { variant: 'what is typed', stands: () => Promise.resolve(kept.mock.calls.length), arrange: cases.scheduled };
  return [
    of(`POST ${api}/letters/:id/bounced`, 'letter.noted-bounced', codeBounced),
    of(`POST ${api}/calendar/feed`, 'feed.renewed', feeds),
    of(`DELETE ${api}/calendar/feed`, 'feed.ended', feeds),
    of(`PUT ${api}/staff/:id/absences/calendar`, 'calendar.followed', followed, ({ mark }) => ({ url: `${host}/${mark}.ics` })),
    of('POST /program/:id/calendar/adresa', 'calendar.followed', followed, ({ mark }) => ({ adresa: `${host}/${mark}.ics` })),
    of(`DELETE ${api}/staff/:id/absences/calendar`, 'calendar.left', left),
    of('POST /program/:id/calendar/renunta', 'calendar.left', left),
    of(`POST ${api}/webhooks/:name/enable`, 'webhook.enabled', disabledTarget),
    of(`POST ${api}/parked/:id/retry`, 'row.tried-again', tries),
    of('POST /administrare/oprite/:id/reincercare', 'row.tried-again', tries),
    of(`POST ${api}/operations/parked/retry`, 'row.tried-again', triedTogether),
    of(`POST ${administration}/oprite/reincercare`, 'row.tried-again', triedTogether),
    of(`POST ${api}/operations/tables/:name/rebuild`, 'table.rebuilt', rebuilt),
    of(`POST ${administration}/tabele/:name/reconstruire`, 'table.rebuilt', rebuilt),
    of(`POST ${api}/operations/reporting/:name/fill`, 'table.rebuilt', reported),
    of(`POST ${administration}/raportare/:name/umplere`, 'table.rebuilt', reported),
    of(`POST ${api}/operations/reporting/:name/retry`, 'row.tried-again', reported),
    of(`POST ${administration}/raportare/:name/reincercare`, 'row.tried-again', reported),
    of(`POST ${api}/operations/letters/:id/retry`, 'letter.tried-again', stuck),
    of(`POST ${administration}/scrisori/reincercare`, 'letter.tried-again', stuck, ({ ticketId }) => ({ scrisoare: ticketId })),
    of(`POST ${administration}/abonamente/:name/repornire`, 'webhook.enabled', disabledTarget),
    of('POST /programari/:id/anulare', 'draft.kept', typed, () => ({ reason: 'illness', ciorna: 'scrie' })),
  ];
};
