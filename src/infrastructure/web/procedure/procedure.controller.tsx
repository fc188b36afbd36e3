import { usePage, useWords } from '../page/page-context';
import { Get, Inject } from '@nestjs/common';
import type { Ports } from '../../../application/kernel/ports/ports';
import { portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { type Answer, view } from '../page/answer';
import type { ComponentChildren, VNode } from 'preact';
import { HeadedPage } from '../page/document';
import { type Act, annexIds, type ArticleId, orderIds } from '../../phrasing/procedure/articles';
import { leadTimeInWords } from '../../phrasing/words/lead-time';
import { sentences } from '../../phrasing/sentences';
import type { Policies } from '../../../domain/policies';
import type { Locale } from '../../../domain/ticket/facts';
import { filled } from '../../phrasing/locales/catalogue.codec';

/** One of our readings, A1 to A30 (docs/procedure.md), as a sentence for those whom it binds. */
type Reading = { readonly id: string; readonly text: string };
type ReadingGroup = { readonly title: string; readonly readings: readonly Reading[] };

/** Every reading, with the values in force. */
export const readingsOf = (policies: Policies, locale: Locale): readonly ReadingGroup[] => {
  const { groups, windows, freeAtOnce, freeLater } = sentences[locale].readings;
  const { digits, validMinutes, triesPerCode, holdMinutes } = policies.verification.value;
  const leadTime = leadTimeInWords(policies['lead-time'].value);
  const delay = policies['slot-release-delay'].value;
  const said = filled(groups, {
    window: windows[policies['clarification-window'].value],
    activeTickets: policies['tickets-per-email'].value.active,
    unmatchedLookups: policies['lookup-throttle'].value.unmatched,
    lookupMinutes: policies['lookup-throttle'].value.minutes,
    leadHours: leadTime.hours,
    leadCounted: leadTime.counted,
    codeDigits: digits,
    codeMinutes: validMinutes,
    codeTries: triesPerCode,
    holdMinutes,
    codeSeconds: policies['code-interval'].value.seconds,
    horizonDays: policies['booking-horizon'].value.days,
    freeAgain: delay === null ? freeAtOnce : freeLater({ delayMin: delay.minMinutes, delayMax: delay.maxMinutes }),
    absenceMinutes: policies['absence-wait'].value.minutes,
    rescheduleTimes: policies['reschedule-limit'].value.times,
    noticeHours: policies['notice-deadline'].value.hours,
    targetHours: policies['resolution-deadline'].value.targetHours,
    limitDays: policies['resolution-deadline'].value.hardLimitWorkingDays,
  });
  return Object.values(said).map(({ title, readings }) => ({
    title,
    readings: Object.entries(readings).map(([id, text]) => ({ id, text })),
  }));
};

/** A1 to A30: how the service reads what the act leaves open, with the values in force here. */
const ReadingsPage = ({ policies }: { readonly policies: Policies }): VNode => {
  const context = usePage();
  const words = useWords().procedure;
  return (
    <HeadedPage title={words.readings} side="public" back={{ href: '/procedura', text: words.title }} lead={words.readingsLead}>
      {readingsOf(policies, context.locale).map(({ title, readings }) => (
        <>
          <h2>{title}</h2>
          <dl class="readings">
            {readings.map(({ id, text }) => (
              <div id={id}>
                <dt>{id}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </>
      ))}
    </HeadedPage>
  );
};

/** Where in the service an article happens, and only officials get in. */
const forOfficials: readonly string[] = ['/audit', '/termene', '/programari', '/sarcini', '/program'];

/** Where letters stand within an article: `art-3-e`. */
const letterOf = (text: string): string | undefined => /^([a-e])\) /.exec(text)?.[1];

/** The Romanian text, which governs; for readers of English a translation beside it, marked as one. */
const Bilingual = ({
  of,
  tight = false,
  children,
}: {
  readonly of: (act: Act) => readonly string[];
  /** lines that belong together */
  readonly tight?: boolean;
  readonly children: ComponentChildren;
}): VNode => (
  <div class={tight ? 'bilingual tight' : 'bilingual'}>
    <div lang="ro" class="act-text">
      {children}
    </div>
    {usePage().locale === 'ro' ? null : (
      <div class="translation">
        <p class="translation-mark">{sentences.en.procedure.translation}</p>
        {of(sentences.en.act).map((text) => (
          <p>{text}</p>
        ))}
      </div>
    )}
  </div>
);

const Lines = ({ of, tight = false }: { readonly of: (act: Act) => readonly string[]; readonly tight?: boolean }): VNode => (
  <Bilingual of={of} tight={tight}>
    {of(sentences.ro.act).map((text) => (
      <p>{text}</p>
    ))}
  </Bilingual>
);

const ArticleOfAct = ({ id }: { readonly id: ArticleId }): VNode => {
  const words = useWords().procedure;
  const { label, texts } = sentences.ro.act.articles[id];
  return (
    <section class="article" id={`art-${id}`}>
      <Bilingual of={({ articles }) => articles[id].texts}>
        <h3>{label}</h3>
        {texts.map((text) => {
          const letter = letterOf(text);
          return <p id={letter === undefined ? undefined : `art-${id}-${letter}`}>{text}</p>;
        })}
      </Bilingual>
      <p class="places">
        {words.where}{' '}
        {Object.entries(words.places[id]).map(([href, text], index) => (
          <>
            {index === 0 ? '' : ' · '}
            <a href={href}>{text}</a>
            {forOfficials.includes(href) ? ` (${words.officials})` : ''}
          </>
        ))}
      </p>
    </section>
  );
};

const Contents = (): VNode => {
  const words = useWords().procedure;
  const list = (ids: readonly ArticleId[]): VNode => (
    <ul class="article-links">
      {ids.map((id) => (
        <li>
          <a href={`#art-${id}`}>{sentences.ro.act.articles[id].label.replace(/\.$/, '')}</a>
        </li>
      ))}
    </ul>
  );
  return (
    <nav class="card contents" aria-label={words.contents}>
      <p>
        <a href="#dispozitia">{words.order}</a>
      </p>
      {list(orderIds)}
      <p>
        <a href="#anexa">{words.annex}</a>
      </p>
      {list(annexIds)}
      <p>
        <a href="/procedura/citiri">{words.readings}</a>
      </p>
    </nav>
  );
};

/** Order, Art. 3: the act, published word for word. */
const ProcedurePage = (): VNode => {
  const context = usePage();
  const words = useWords().procedure;
  const { order, annex, editorial } = sentences.ro.act;
  return (
    <HeadedPage title={words.title} side="public" lead={words.lead}>
      <Contents />
      <section aria-labelledby="dispozitia">
        <Lines of={({ title }) => [title]} />
        <Lines of={({ head }) => head} tight />
        <h2 id="dispozitia" lang="ro" class="act-text">
          {order.title}
        </h2>
        <Lines of={({ order: { about, preamble, orders } }) => [about, ...preamble, orders]} />
        {orderIds.map((id) => (
          <ArticleOfAct id={id} />
        ))}
        <Lines of={({ signature }) => signature} tight />
      </section>
      <section aria-labelledby="anexa">
        <h2 id="anexa" lang="ro" class="act-text">
          {annex.title}
        </h2>
        <Lines of={(act) => [act.annex.about]} />
        {annexIds.map((id) => (
          <ArticleOfAct id={id} />
        ))}
      </section>
      <section aria-labelledby="despre">
        <h2 id="despre">{words.about}</h2>
        {(context.locale === 'ro' ? editorial : sentences.en.act.editorial).map((text) => (
          <p>{text}</p>
        ))}
      </section>
    </HeadedPage>
  );
};

/** The procedure, published for all (Order, Art. 3). */
@Pages('procedura')
export class ProcedureController {
  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  @Get()
  @ForAnybody()
  procedure(): Answer {
    return view(<ProcedurePage />);
  }

  @Get('citiri')
  @ForAnybody()
  readings(): Answer {
    return view(<ReadingsPage policies={this.ports.policies} />);
  }
}
