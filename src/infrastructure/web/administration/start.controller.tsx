import { usePage, useWords } from '../page/page-context';
import { Get, Inject } from '@nestjs/common';
import { currentCalendar } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { tables } from '../../../application/kernel/ports/tables';
import { webhookList } from '../../../application/operation/webhooks';
import { retentionConfirmed } from '../../../application/privacy/retention';
import { requestsLeftBehind } from '../../../application/requests/registered-requests';
import { addDays, civilDateOf } from '../../../domain/time/civil-time';
import type { OpenedPorts } from '../../nest/provided';
import { parkedReporting } from '../../nest/service-status';
import { openDamage } from '../../proof/damaged-streams';
import { openedToken, portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { nextDayOff, type DayView } from './days-of-year';
import { servicePath } from './service-parts';
import { type Answer, view } from '../page/answer';
import type { VNode } from 'preact';
import { HeadedPage } from '../page/document';
import { longDate } from '../../phrasing/words/dates';
import { type Counted, sentences } from '../../phrasing/sentences';

type StartView = {
  readonly parked: number;
  /** how many tables for reports have parked rows */
  readonly parkedReporting: number;
  readonly damagedStreams: number;
  readonly leftBehind: number;
  readonly failedLetters: number;
  readonly disabledWebhooks: number;
  readonly retentionWaits: boolean;
  readonly people: number;
  readonly nextDay: DayView | undefined;
};

const Attention = ({ shown }: { readonly shown: StartView }): VNode => {
  const { start: words, service } = useWords().administration;
  const { parked, damagedStreams: damaged, leftBehind, failedLetters, disabledWebhooks, retentionWaits } = shown;
  const matters: readonly (readonly [number, 'notice-bad' | 'notice-warn', Counted, VNode])[] = [
    [damaged, 'notice-bad', words.damagedStreams, <a href="/administrare/fluxuri">{words.damagedStreamsDo}</a>],
    [parked, 'notice-bad', words.parked, <a href={`${servicePath}#oprite`}>{words.parkedDo}</a>],
    [shown.parkedReporting, 'notice-bad', service.matters.parkedReporting, <a href={`${servicePath}#raportare`}>{words.parkedDo}</a>],
    [leftBehind, 'notice-warn', words.leftBehind, <a href="/registratura?ramase=da">{words.leftBehindDo}</a>],
    [failedLetters, 'notice-warn', words.failedLetters, <a href={`${servicePath}#efecte`}>{words.failedLettersDo}</a>],
    [disabledWebhooks, 'notice-bad', words.disabledWebhooks, <a href={`${servicePath}#abonamente`}>{words.disabledWebhooksDo}</a>],
  ];
  return (
    <section aria-labelledby="atentie">
      <h2 id="atentie">{words.attention}</h2>
      {matters.every(([count]) => count === 0) && !retentionWaits ? <p>{words.nothing}</p> : null}
      {retentionWaits ? (
        <div class="notice notice-warn">
          <p>
            {words.retentionWaits} <a href="/administrare/pastrare">{words.retentionDo}</a>
          </p>
        </div>
      ) : null}
      {matters.map(([count, looks, said, way]) =>
        count === 0 ? null : (
          <div class={`notice ${looks}`}>
            <p>
              {said({ count })} {way}
            </p>
          </div>
        ),
      )}
    </section>
  );
};

/** Where an administrator begins. */
const StartPage = ({ shown }: { readonly shown: StartView }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.start;
  const { nextDay, people } = shown;
  const dayOff =
    nextDay &&
    words.nextDay({
      date: longDate(nextDay.date, locale),
      name: nextDay.name?.[locale] ?? sentences[locale].administration.dayKinds[nextDay.kind],
    });
  const ways = [
    ['/administrare/functionari', words.staffTitle, words.staffText({ count: people }), words.staffDo],
    ['/administrare/calendar', words.calendarTitle, dayOff, words.calendarDo],
    ['/pauze', words.pausesTitle, words.pausesText, words.pausesDo],
    [servicePath, words.serviceTitle, words.serviceText, words.serviceDo],
    ['/administrare/pastrare', words.retentionTitle, words.retentionText, words.retentionDo],
    ['/administrare/acces', words.accessTitle, words.accessText, words.accessDo],
    ['/administrare/stergere', words.erasureTitle, words.erasureText, words.erasureDo],
  ] as const;
  return (
    <HeadedPage title={words.title}>
      <Attention shown={shown} />
      <div class="cards">
        {ways.map(([href, title, text, leads]) => (
          <section class="card">
            <h2>{title}</h2>
            {text === undefined ? null : <p>{text}</p>}
            <a class="button second" href={href}>
              {leads}
            </a>
          </section>
        ))}
      </div>
    </HeadedPage>
  );
};

/** The first page of an administrator. */
@Pages('administrare')
export class AdministrationStartController {
  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) private readonly opened: OpenedPorts,
  ) {}

  @Get()
  @ForOfficials('staff.administer')
  async start(): Promise<Answer> {
    const { readModels, operations } = this.ports;
    const today = civilDateOf(this.ports.clock.now());
    const gone = await readModels.count(tables.staffDirectory, [{ column: 'leftOn', from: '', before: addDays(today, 1) }]);
    const shown = {
      parked: (await readModels.parked()).length,
      parkedReporting: new Set((await parkedReporting(this.opened)).map(({ table }) => table)).size,
      damagedStreams: (await openDamage(this.ports.store)).length,
      leftBehind: await requestsLeftBehind(this.ports)(),
      failedLetters: (await operations.outbox.list()).filter(({ state }) => state === 'failed').length,
      disabledWebhooks: (await webhookList(this.ports, this.opened.eventTargets)).filter(({ state }) => state === 'disabled').length,
      retentionWaits: this.opened.retention !== undefined && !(await retentionConfirmed(this.ports)),
      people: (await readModels.count(tables.staffDirectory)) - gone,
      nextDay: nextDayOff(await currentCalendar(this.ports), today),
    };
    return view(<StartPage shown={shown} />);
  }
}
