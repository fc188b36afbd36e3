import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Ports } from '../../../application/kernel/ports/ports';
import { GetPauses, ListMeetingsInPause, type MeetingInPause, PauseService, ResumeService } from '../../../application/staff/pauses';
import { type KnownDepartment, knownDepartments } from '../../../application/staff/staff-directory';
import type { Pause } from '../../../domain/calendar/calendar';
import { textsOf } from '../../../domain/agenda/pauses';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import { isCivilDate } from '../../../domain/time/civil-time';
import { officialOf } from '../../api/access/viewer';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { PauseBody } from '../../api/dto/staff';
import { answered } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { languages, type Sentences, sentences } from '../../phrasing/sentences';
import { dateAndHour } from '../../phrasing/words/dates';
import { ForOfficials, Pages } from '../access/page-access';
import { FormFields, type FormPart, readForm } from '../forms/form-fields';
import { PlainForm, TypedForm } from '../forms/forms-view';
import { KeepsNothing, KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { type QueryParameters, queryParametersOf } from '../page/query-parameters';
import { Article } from '../parts/article';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { SummaryList } from '../parts/summary-list';
import { daysInWords } from './deputies.controller';
import { Carried } from './schedule-parts';

type Standing = { readonly pause: Pause; readonly meetings: readonly MeetingInPause[] };

const whole = 'tot';
type When = { readonly from: string; readonly to: string; readonly departmentCode: string };
const whenAsked = (asked: QueryParameters): When => ({
  from: asked('from'),
  to: asked('to'),
  departmentCode: asked('departmentCode'),
});
const checkPath = (when: When): string => `/pauze/verificare?${new URLSearchParams(when).toString()}`;

const whomIn = (words: Sentences['office']['pauses'], departments: readonly KnownDepartment[], code: string | undefined): string =>
  code === undefined ? words.everybody : (departments.find((one) => one.departmentCode === code)?.department ?? code);

const dayFields = (words: Sentences['office']['pauses'], departments: readonly KnownDepartment[], { from, to, departmentCode }: When) =>
  [
    {
      kind: 'beside',
      fields: [
        { name: 'from', type: 'date', label: words.from, value: from, width: 'middle', missing: words.dayMissing },
        { name: 'to', type: 'date', label: words.to, value: to, width: 'middle', missing: words.dayMissing },
      ],
    },
    ...(departments.length === 0
      ? []
      : [
          {
            kind: 'select' as const,
            name: 'departmentCode',
            label: words.whom,
            value: departmentCode,
            options: [
              { value: whole, label: words.everybody },
              ...departments.map((one) => ({ value: one.departmentCode, label: `${one.department} · ${one.departmentCode}` })),
            ],
          },
        ]),
  ] satisfies readonly FormPart[];

const textFields = (words: Sentences['office']['pauses']): readonly FormPart[] => [
  { kind: 'long', name: 'textRo', rows: 2, label: words.textRo, hint: words.textHint, missing: words.textMissing },
  { kind: 'long', name: 'textEn', rows: 2, label: words.textEn, missing: words.textMissing },
];

/** The meetings that stand on these days; their cards are for those who may see them. */
const MeetingsThere = ({ meetings }: { readonly meetings: readonly MeetingInPause[] }): VNode => {
  const { locale, official } = usePage();
  const words = useWords().office.pauses;
  if (meetings.length === 0) return <p>{words.noMeetings}</p>;
  return (
    <div class="notice notice-warn">
      <p>
        {words.meetings({ count: meetings.length })} <Article article="8" locale={locale} />
      </p>
      <ul>
        {meetings.map(({ ticketId, reference, slot, name }) => (
          <li>
            {official?.role === 'head' ? <a href={`/programari/${ticketId}`}>{reference}</a> : reference}
            {`, ${dateAndHour(slot.startsAt, locale)}, `}
            <bdi>{name}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
};

type PausesParts = {
  readonly standing: readonly Standing[];
  readonly departments: readonly KnownDepartment[];
  /** a head pauses their own alone */
  readonly mayChoose: boolean;
  readonly when: When;
  /** a head ends none of the whole service */
  readonly mayEnd: (pause: Pause) => boolean;
};

/** A16: the pauses that are not over, and the first step to another one. */
const PausesPage = ({ standing, departments, mayChoose, when, mayEnd }: PausesParts): VNode => {
  const { locale, official } = usePage();
  const words = useWords().office.pauses;
  return (
    <HeadedPage
      title={words.title}
      summary={words.faulty}
      labels={{ from: words.from, to: words.to }}
      done={words.done}
      back={
        official?.role === 'admin' ? { href: '/administrare', text: words.backToAdministration } : { href: '/program', text: words.back }
      }
      lead={
        <>
          {words.lead} <Article article="4" locale={locale} />
        </>
      }
    >
      {standing.length === 0 ? <p>{words.none}</p> : null}
      {standing.map(({ pause, meetings }) => (
        <section class="absence" aria-label={daysInWords(pause, locale)}>
          <div>
            <h2>{daysInWords(pause, locale)}</h2>
            <p>{whomIn(words, departments, pause.departmentCode)}</p>
            {languages.map((language) => (
              <p lang={language}>{textsOf(pause)[language]}</p>
            ))}
            <MeetingsThere meetings={meetings} />
          </div>
          {mayEnd(pause) ? (
            <PlainForm action={`/pauze/${pause.pauseId}/reluare`}>
              <button class="second">
                {words.resume}
                <span class="unseen">{`: ${daysInWords(pause, locale)}`}</span>
              </button>
            </PlainForm>
          ) : null}
        </section>
      ))}
      <h2>{words.add}</h2>
      <form method="get" action="/pauze/verificare" novalidate>
        <FormFields parts={dayFields(words, mayChoose ? departments : [], when)} />
        <p class="actions">
          <button>{words.check}</button>
        </p>
      </form>
    </HeadedPage>
  );
};

type CheckParts = { readonly when: When; readonly whom: string; readonly meetings: readonly MeetingInPause[] };

/** Step 2: what stands there, what citizens read, and yes. */
const PauseCheck = ({ when, whom, meetings }: CheckParts): VNode => {
  const { locale } = usePage();
  const words = useWords().office.pauses;
  return (
    <HeadedPage
      title={words.checkTitle}
      summary={words.faulty}
      labels={{ from: words.from, to: words.to, textRo: words.textRo, textEn: words.textEn }}
      back={{ href: '/pauze', text: words.title }}
    >
      <SummaryList
        rows={[
          { label: words.when, value: daysInWords(when, locale) },
          { label: words.whom, value: whom },
        ]}
      />
      <MeetingsThere meetings={meetings} />
      <TypedForm action="/pauze">
        <Carried fields={when} />
        <FormFields parts={textFields(words)} />
        <p class="actions">
          <button>{words.pause}</button>
          <a href="/pauze">{words.cancel}</a>
        </p>
      </TypedForm>
    </HeadedPage>
  );
};

/** Pauses of the service, by administrators, or of a department, by its head as well (A16). */
@Pages('pauze')
export class PausesPages {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('service.pause')
  async list(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#list(request, { from: '', to: '', departmentCode: whole });
  }

  @Get('verificare')
  @ForOfficials('service.pause')
  async check(@Req() request: FastifyRequest, @Query() query: unknown): Promise<Answer> {
    return this.#check(request, whenAsked(queryParametersOf(query)));
  }

  @Post()
  @KeepsTyped((_, form) => checkPath(whenAsked((name) => form.text(name))))
  @ForOfficials('service.pause')
  async pause(@Req() request: FastifyRequest): Promise<Answer> {
    const form = formOf(request);
    const locale = localeOfPage(request);
    const when = whenAsked((name) => form.text(name));
    const days = { from: when.from, to: when.to, ...this.#departmentOf(request, when) };
    const { value, faults } = readForm(PauseBody, textFields(sentences[locale].office.pauses), form, locale, Object.keys(days));
    const own = faults.filter(({ field }) => field === 'textRo' || field === 'textEn');
    if (own.length > 0 || !isCivilDate(when.from) || !isCivilDate(when.to)) return this.#check(request, when, own);
    const { textRo, textEn } = value;
    const outcome = await this.commands.carryOut(request, { useCase: PauseService, command: () => ({ ...days, textRo, textEn }) });
    if (isRefusal(outcome)) return this.#list(request, when, faultsOf(outcome, locale, 'from'));
    return seeOther('/pauze?facut=pauza');
  }

  @Post(':pauseId/reluare')
  @KeepsNothing('nothing-typed')
  @ForOfficials('service.pause')
  async resume(@Req() request: FastifyRequest, @Param('pauseId') pauseId: string): Promise<Answer> {
    answered(await this.commands.carryOut(request, { useCase: ResumeService, command: () => ({ pauseId }) }));
    return seeOther('/pauze?facut=reluare');
  }

  /** A head's own department; for an administrator, the one that was chosen. */
  #departmentOf(request: FastifyRequest, { departmentCode }: Pick<When, 'departmentCode'>): { readonly departmentCode?: string } {
    const official = officialOf(request);
    if (official.role === 'head') return defined({ departmentCode: official.departmentCode });
    return departmentCode === whole || departmentCode === '' ? {} : { departmentCode };
  }

  async #list(request: FastifyRequest, when: When, faults?: readonly Fault[]): Promise<Answer> {
    const official = officialOf(request);
    const departments = await knownDepartments(this.ports);
    const mayChoose = official.role !== 'head';
    const own = official.role === 'head' ? defined({ departmentCode: official.departmentCode }) : {};
    const found = await this.reads.ask(GetPauses, own);
    const standing = await Promise.all(
      found.map(async (pause) => {
        const { from, to, departmentCode } = pause;
        return { pause, meetings: await this.reads.ask(ListMeetingsInPause, { from, to, ...defined({ departmentCode }), ...own }) };
      }),
    );
    const mayEnd = ({ departmentCode }: Pause): boolean => official.role === 'admin' || departmentCode !== undefined;
    return formView(<PausesPage {...{ standing, departments, mayChoose, when, mayEnd }} />, faults);
  }

  async #check(request: FastifyRequest, when: When, faults?: readonly Fault[]): Promise<Answer> {
    const words = sentences[localeOfPage(request)].office.pauses;
    const { from, to } = when;
    if (!isCivilDate(from) || !isCivilDate(to)) {
      const wrong = (['from', 'to'] as const).filter((field) => !isCivilDate(when[field]));
      return this.#list(
        request,
        when,
        wrong.map((field) => ({ field, message: words.dayMissing })),
      );
    }
    const departments = await knownDepartments(this.ports);
    const department = this.#departmentOf(request, when);
    const whom = whomIn(words, departments, department.departmentCode);
    const meetings = await this.reads.ask(ListMeetingsInPause, { from, to, ...department });
    return formView(<PauseCheck when={when} whom={whom} meetings={meetings} />, faults);
  }
}
