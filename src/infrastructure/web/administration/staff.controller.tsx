import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { RegisterStaff } from '../../../application/staff/register-staff';
import { currentStaff } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../../../application/kernel/ports/tables';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import { staffRole } from '../../../domain/staff/facts';
import { hasLeft, type KnownStaff } from '../../../domain/staff/staff-member';
import { civilDateOf } from '../../../domain/time/civil-time';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { StaffLine } from '../../outside/document-system/import/kinds';
import { sentences, type Sentences } from '../../phrasing/sentences';
import { plainDate } from '../../phrasing/words/dates';
import { ForOfficials, Pages } from '../access/page-access';
import { checkedForm, type Typed } from '../forms/checked';
import { FormFields, type FormPart, typedInto } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { withNames } from '../registry/request-parts';
import { StaffPage, staffPath } from './staff-page';

type StaffFormView = {
  readonly values: Typed;
  /** a person who is known already */
  readonly known?: KnownStaff | undefined;
};

const staffFields = (words: Sentences['administration']['staff'], { values, known }: StaffFormView): readonly FormPart[] => {
  const { labels } = words;
  const field = (name: keyof typeof labels) => ({ name, label: labels[name], value: values[name] });
  const itself = known && (
    <p>
      {labels.staffId}: <code>{known.staffId}</code>
    </p>
  );
  return [
    itself === undefined
      ? { ...field('staffId'), hint: words.staffIdHint, width: 'middle', autocomplete: 'off', spellcheck: false }
      : { kind: 'note', note: itself },
    { ...field('name'), autocomplete: 'off' },
    {
      kind: 'radios',
      ...field('role'),
      hint: words.roleHint,
      options: staffRole.words.map((role) => ({ value: role, label: words.roles[role] })),
    },
    { ...field('departmentCode'), hint: words.codeHint, width: 'short', inputmode: 'numeric', autocomplete: 'off' },
    { ...field('department'), autocomplete: 'off' },
    { ...field('email'), type: 'email', autocomplete: 'off', spellcheck: false },
  ];
};

/** A civil servant, for the first time or again. */
const StaffFormPage = (shown: StaffFormView): VNode => {
  const { locale, at } = usePage();
  const { known } = shown;
  const words = useWords().administration.staff;
  const isGone = known !== undefined && hasLeft(known, civilDateOf(at));
  return (
    <HeadedPage
      title={known === undefined ? words.newTitle : words.changeTitle}
      summary={words.summary}
      labels={words.labels}
      done={words.done}
      back={{ href: '/administrare/functionari', text: words.backToList }}
    >
      {known?.leftOn === undefined ? null : (
        <div class="notice notice-warn">
          <p>
            {isGone
              ? words.gone({ date: plainDate(known.leftOn, locale) })
              : `${words.leavesOn[0]?.toUpperCase() ?? ''}${words.leavesOn.slice(1)} ${plainDate(known.leftOn, locale)}.`}
          </p>
        </div>
      )}
      <TypedForm action={known === undefined ? '/administrare/functionari/nou' : staffPath(known.staffId)}>
        <FormFields parts={staffFields(words, shown)} />
        <p class="actions">
          <button>{known === undefined ? words.register : isGone ? words.comeBack : words.save}</button>
          {known === undefined ? null : <a href={`${staffPath(known.staffId)}/plecare`}>{words.leftDo}</a>}
          {known === undefined ? null : <a href={`/program/${encodeURIComponent(known.staffId)}/inlocuitori`}>{words.deputies}</a>}
        </p>
      </TypedForm>
    </HeadedPage>
  );
};

const peoplePerPage = 25;

/** The person of an address, from the log itself. @throws HttpProblem `not-found` */
export const knownPerson = async (ports: Ports, staffId: string): Promise<KnownStaff> => {
  const staff = await currentStaff(ports, staffId);
  if (staff.status === 'unknown') throw new HttpProblem({ code: 'not-found' });
  return staff;
};

/** Civil servants: who they are and where. */
@Pages('administrare')
export class StaffPagesController {
  constructor(
    private readonly commands: CommandService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('functionari')
  @ForOfficials('staff.administer')
  async list(@Query('dupa') after: unknown): Promise<Answer> {
    const cursor = typeof after === 'string' && after !== '' ? after : undefined;
    const { readModels } = this.ports;
    const { rows, next } = await readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
      orderBy: [{ column: 'departmentCode' }],
      limit: peoplePerPage,
      ...defined({ cursor }),
    });
    const people = await withNames(this.ports, rows);
    const total = await readModels.count(tables.staffDirectory);
    return view(<StaffPage people={people} total={total} further={cursor !== undefined} next={next} />);
  }

  @Get('functionari/nou')
  @ForOfficials('staff.administer')
  newForm(): Promise<Answer> {
    return this.#show();
  }

  @Post('functionari/nou')
  @KeepsTyped()
  @ForOfficials('staff.administer')
  async register(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#take(request);
  }

  @Get('functionar/:id')
  @ForOfficials('staff.administer')
  async person(@Param('id') staffId: string): Promise<Answer> {
    return this.#show(await knownPerson(this.ports, staffId));
  }

  @Post('functionar/:id')
  @KeepsTyped()
  @ForOfficials('staff.administer')
  async change(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    return this.#take(request, await knownPerson(this.ports, staffId));
  }

  async #take(request: FastifyRequest, known?: KnownStaff): Promise<Answer> {
    const locale = localeOfPage(request);
    const typed = typedInto(staffFields(sentences[locale].administration.staff, { values: {}, known }), formOf(request));
    const { value, faults } = checkedForm(StaffLine, { ...typed, ...(known && { staffId: known.staffId }) }, locale);
    if (faults.length > 0) return this.#show(known, faults);
    const outcome = await this.commands.carryOut(request, { useCase: RegisterStaff, command: () => value });
    if (isRefusal(outcome)) return this.#show(known, faultsOf(outcome, locale, 'name'));
    return seeOther(`${staffPath(outcome.value.staffId)}?facut=inregistrat`);
  }

  /** What is known of the person, until something else is typed. */
  async #values({ name, email, role, department, departmentCode }: KnownStaff): Promise<Typed> {
    const { personalData } = this.ports;
    return { name: await personalData.open(name), email: await personalData.open(email), role, department, departmentCode };
  }

  async #show(known?: KnownStaff, faults?: readonly Fault[]): Promise<Answer> {
    const values = known === undefined ? { role: 'executive' } : await this.#values(known);
    return formView(<StaffFormPage values={values} known={known} />, faults);
  }
}
