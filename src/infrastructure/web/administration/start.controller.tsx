import { usePage, useWords } from '../page/page-context';
import { Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { currentCalendar } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { tables } from '../../../application/kernel/ports/tables';
import { webhookList } from '../../../application/operation/webhooks';
import { requestsLeftBehind } from '../../../application/requests/registered-requests';
import { addDays, civilDateOf } from '../../../domain/time/civil-time';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { PageService } from '../page/page-service';
import { nextDayOff, type DayView } from './days-of-year';
import { type Answer, view } from '../page/answer';
import type { VNode } from 'preact';
import { HeadedPage } from '../page/document';
import { longDate } from '../../phrasing/words/dates';
import { sentences } from '../../phrasing/sentences';

type StartView = {
  readonly parked: number;
  readonly leftBehind: number;
  readonly failedLetters: number;
  readonly disabledWebhooks: number;
  readonly people: number;
  readonly nextDay: DayView | undefined;
};

const Attention = ({ shown }: { readonly shown: StartView }): VNode => {
  const words = useWords().administration.start;
  const { parked, leftBehind, failedLetters, disabledWebhooks } = shown;
  return (
    <section aria-labelledby="atentie">
      <h2 id="atentie">{words.attention}</h2>
      {parked + leftBehind + failedLetters + disabledWebhooks === 0 ? <p>{words.nothing}</p> : null}
      {parked === 0 ? null : (
        <div class="notice notice-bad">
          <p>
            {words.parked({ count: parked })} <a href="/administrare/oprite">{words.parkedDo}</a>
          </p>
        </div>
      )}
      {leftBehind === 0 ? null : (
        <div class="notice notice-warn">
          <p>
            {words.leftBehind({ count: leftBehind })} <a href="/registratura?ramase=da">{words.leftBehindDo}</a>
          </p>
        </div>
      )}
      {failedLetters === 0 ? null : (
        <div class="notice notice-warn">
          <p>
            {words.failedLetters({ count: failedLetters })} {words.failedLettersHint} <code>tichet letters list</code>
          </p>
        </div>
      )}
      {disabledWebhooks === 0 ? null : (
        <div class="notice notice-bad">
          <p>
            {words.disabledWebhooks({ count: disabledWebhooks })} {words.disabledWebhooksHint} <code>tichet webhooks list</code>
          </p>
        </div>
      )}
    </section>
  );
};

/** Where an administrator begins. */
const StartPage = ({ shown }: { readonly shown: StartView }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.start;
  const { nextDay } = shown;
  return (
    <HeadedPage title={words.title}>
      <Attention shown={shown} />
      <div class="cards">
        <section class="card">
          <h2>{words.staffTitle}</h2>
          <p>{words.staffText({ count: shown.people })}</p>
          <a class="button second" href="/administrare/functionari">
            {words.staffDo}
          </a>
        </section>
        <section class="card">
          <h2>{words.calendarTitle}</h2>
          {nextDay === undefined ? null : (
            <p>
              {words.nextDay({
                date: longDate(nextDay.date, locale),
                name: nextDay.name?.[locale] ?? sentences[locale].administration.dayKinds[nextDay.kind],
              })}
            </p>
          )}
          <a class="button second" href="/administrare/calendar">
            {words.calendarDo}
          </a>
        </section>
        <section class="card">
          <h2>{words.parkedTitle}</h2>
          <p>{words.parkedText}</p>
          <a class="button second" href="/administrare/oprite">
            {words.parkedSee}
          </a>
        </section>
        <section class="card">
          <h2>{words.erasureTitle}</h2>
          <p>{words.erasureText}</p>
          <a class="button second" href="/administrare/stergere">
            {words.erasureDo}
          </a>
        </section>
      </div>
    </HeadedPage>
  );
};

/** The first page of an administrator. */
@Pages('administrare')
export class AdministrationStartController {
  constructor(
    private readonly pages: PageService,
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) private readonly opened: OpenedPorts,
  ) {}

  @Get()
  @ForOfficials('staff.administer')
  async start(@Req() request: FastifyRequest): Promise<Answer> {
    const { readModels, operations } = this.ports;
    const context = await this.pages.contextOf(request);
    const today = civilDateOf(context.at);
    const gone = await readModels.count(tables.staffDirectory, [{ column: 'leftOn', from: '', before: addDays(today, 1) }]);
    const shown = {
      parked: (await readModels.parked()).length,
      leftBehind: await requestsLeftBehind(this.ports)(),
      failedLetters: (await operations.outbox.list()).filter(({ state }) => state === 'failed').length,
      disabledWebhooks: (await webhookList(this.ports, this.opened.eventTargets)).filter(({ state }) => state === 'disabled').length,
      people: (await readModels.count(tables.staffDirectory)) - gone,
      nextDay: nextDayOff(await currentCalendar(this.ports), today),
    };
    return view(<StartPage shown={shown} />);
  }
}
