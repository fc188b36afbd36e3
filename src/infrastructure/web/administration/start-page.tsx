import type { VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { counted } from '../../phrasing/words/counted';
import { longDate } from '../../phrasing/words/dates';
import type { DayShown } from './days-of-year';
import { dayNames } from './calendar-words';
import { administrationWords } from './words';

export type StartShown = {
  readonly parked: number;
  readonly leftBehind: number;
  readonly failedLetters: number;
  readonly disabledWebhooks: number;
  readonly people: number;
  readonly nextDay: DayShown | undefined;
};

const Attention = ({ context, shown }: { readonly context: PageContext; readonly shown: StartShown }): VNode => {
  const { locale } = context;
  const words = administrationWords[locale];
  const { parked, leftBehind, failedLetters, disabledWebhooks } = shown;
  return (
    <section aria-labelledby="atentie">
      <h2 id="atentie">{words.attention}</h2>
      {parked + leftBehind + failedLetters + disabledWebhooks === 0 ? <p>{words.nothing}</p> : null}
      {parked === 0 ? null : (
        <div class="notice notice-bad">
          <p>
            {counted(parked, words.parked, locale)} <a href="/administrare/oprite">{words.parkedDo}</a>
          </p>
        </div>
      )}
      {leftBehind === 0 ? null : (
        <div class="notice notice-warn">
          <p>
            {counted(leftBehind, words.leftBehind, locale)} <a href="/registratura?ramase=da">{words.leftBehindDo}</a>
          </p>
        </div>
      )}
      {failedLetters === 0 ? null : (
        <div class="notice notice-warn">
          <p>
            {counted(failedLetters, words.failedLetters, locale)} {words.failedLettersHint} <code>tichet letters list</code>
          </p>
        </div>
      )}
      {disabledWebhooks === 0 ? null : (
        <div class="notice notice-bad">
          <p>
            {counted(disabledWebhooks, words.disabledWebhooks, locale)} {words.disabledWebhooksHint} <code>tichet webhooks list</code>
          </p>
        </div>
      )}
    </section>
  );
};

/** Where an administrator begins. */
export const StartPage = ({ context, shown }: { readonly context: PageContext; readonly shown: StartShown }): VNode => {
  const { locale } = context;
  const words = administrationWords[locale];
  const { nextDay } = shown;
  return (
    <Document context={context} title={words.title} side="office">
      <Heading>{words.title}</Heading>
      <Attention context={context} shown={shown} />
      <div class="cards">
        <section class="card">
          <h2>{words.staffTitle}</h2>
          <p>{counted(shown.people, words.staffText, locale)}</p>
          <a class="button second" href="/administrare/functionari">
            {words.staffDo}
          </a>
        </section>
        <section class="card">
          <h2>{words.calendarTitle}</h2>
          {nextDay === undefined ? null : (
            <p>{words.nextDay(longDate(nextDay.date, locale), nextDay.name?.[locale] ?? dayNames[locale][nextDay.kind])}</p>
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
    </Document>
  );
};
