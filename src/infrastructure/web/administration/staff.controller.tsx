import { usePage, useWords } from '../page/page-context';
import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RegisterStaff, type RegisterStaffInput } from '../../../application/staff/register-staff';
import { currentStaff } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../../../application/kernel/ports/tables';
import { defined } from '../../../domain/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import { staffRole } from '../../../domain/staff/facts';
import { hasLeft, type KnownStaff } from '../../../domain/staff/staff-member';
import { civilDateOf } from '../../../domain/time/civil-time';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { StaffLine } from '../../outside/document-system/import/kinds';
import { ForOfficials, Pages } from '../access/page-access';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { PageService } from '../page/page-service';
import { type Fault, ErrorSummary, faultOf, Radios, TextField } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { checkedForm, type Typed, withLabels } from '../forms/checked';
import { StaffPage, staffPath } from './staff-page';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences, type Sentences } from '../../phrasing/sentences';
import { KeepsTyped } from '../forms/stored-form';
import type { VNode } from 'preact';
import type { CivilDate } from '../../../domain/kernel/fact';
import { Document } from '../page/document';
import { DoneNotice } from '../parts/heading';
import { Heading } from '../parts/heading';
import { plainDate } from '../../phrasing/words/dates';
import { TypedForm } from '../forms/forms-view';

type StaffFormView = {
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly done?: string;
  /** of somebody who is known; `leftOn` whether announced or past */
  readonly known?: { readonly staffId: string; readonly leftOn?: CivilDate; readonly hasLeft: boolean };
};

/** A civil servant, for the first time or again. */
const StaffFormPage = ({ shown }: { readonly shown: StaffFormView }): VNode => {
  const { locale } = usePage();
  const { typed, faults, known, done } = shown;
  const words = useWords().administration.staff;
  const { labels } = words;
  const field = (name: keyof typeof labels) => ({ name, label: labels[name], value: typed[name], fault: faultOf(faults, name) });
  const title = known === undefined ? words.newTitle : words.changeTitle;
  return (
    <Document title={title} side="office" faulty={faults.length > 0}>
      <ErrorSummary title={words.summary} faults={withLabels(faults, labels)} />
      <DoneNotice text={done} />
      <Heading back={{ href: '/administrare/functionari', text: words.backToList }}>{title}</Heading>
      {known?.leftOn === undefined ? null : (
        <div class="notice notice-warn">
          <p>
            {known.hasLeft
              ? words.gone({ date: plainDate(known.leftOn, locale) })
              : `${words.leavesOn[0]?.toUpperCase() ?? ''}${words.leavesOn.slice(1)} ${plainDate(known.leftOn, locale)}.`}
          </p>
        </div>
      )}
      <TypedForm action={known === undefined ? '/administrare/functionari/nou' : staffPath(known.staffId)}>
        {known === undefined ? (
          <TextField {...field('staffId')} hint={words.staffIdHint} width="middle" autocomplete="off" spellcheck={false} />
        ) : (
          <p>
            {labels.staffId}: <code>{known.staffId}</code>
          </p>
        )}
        <TextField {...field('name')} autocomplete="off" />
        <Radios
          {...field('role')}
          hint={words.roleHint}
          options={staffRole.words.map((role) => ({ value: role, label: words.roles[role] }))}
        />
        <TextField {...field('departmentCode')} hint={words.codeHint} width="short" inputmode="numeric" autocomplete="off" />
        <TextField {...field('department')} autocomplete="off" />
        <TextField {...field('email')} type="email" autocomplete="off" spellcheck={false} />
        <p class="actions">
          <button>{known === undefined ? words.register : known.hasLeft ? words.comeBack : words.save}</button>
          {known === undefined ? null : <a href={`${staffPath(known.staffId)}/plecare`}>{words.leftDo}</a>}
        </p>
      </TypedForm>
    </Document>
  );
};

const peoplePerPage = 25;
const fields = ['staffId', 'name', 'role', 'department', 'departmentCode', 'email'] as const;
const isDone = (word: unknown): word is keyof Sentences['administration']['staff']['done'] => word === 'inregistrat' || word === 'plecat';

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
    private readonly pages: PageService,
    private readonly desk: CommandService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('functionari')
  @ForOfficials('staff.administer')
  async list(@Req() request: FastifyRequest, @Query('dupa') after: unknown, @Query('facut') word: unknown): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const cursor = typeof after === 'string' && after !== '' ? after : undefined;
    const { readModels, personalData } = this.ports;
    const { rows, next } = await readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
      orderBy: [{ column: 'departmentCode' }],
      limit: peoplePerPage,
      ...defined({ cursor }),
    });
    const people = await Promise.all(
      rows.map(async ({ staff, ...row }) => ({ ...row, name: (await personalData.open(staff.name)) ?? row.staffId })),
    );
    const shownPage = (
      <StaffPage
        people={people}
        total={await readModels.count(tables.staffDirectory)}
        today={civilDateOf(context.at)}
        further={cursor !== undefined}
        next={next}
        done={isDone(word) ? sentences[context.locale].administration.staff.done[word] : undefined}
      />
    );
    return view(shownPage);
  }

  @Get('functionari/nou')
  @ForOfficials('staff.administer')
  async newForm(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#show(request, { role: 'executive' }, []);
  }

  @Post('functionari/nou')
  @KeepsTyped()
  @ForOfficials('staff.administer')
  async register(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#take(request, typedIn(request));
  }

  @Get('functionar/:id')
  @ForOfficials('staff.administer')
  async person(@Req() request: FastifyRequest, @Param('id') staffId: string, @Query('facut') word: unknown): Promise<Answer> {
    const known = await knownPerson(this.ports, staffId);
    const { role, department, departmentCode } = known;
    const name = await this.ports.personalData.open(known.name);
    const email = await this.ports.personalData.open(known.email);
    return this.#show(request, { name, email, role, department, departmentCode }, [], known, word);
  }

  @Post('functionar/:id')
  @KeepsTyped()
  @ForOfficials('staff.administer')
  async change(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const known = await knownPerson(this.ports, staffId);
    return this.#take(request, { ...typedIn(request), staffId }, known);
  }

  async #take(request: FastifyRequest, typed: Typed, known?: KnownStaff): Promise<Answer> {
    const { locale } = await this.pages.contextOf(request);
    const checked = checkedForm(StaffLine, typed, locale);
    if ('faults' in checked) {
      return this.#show(request, typed, checked.faults, known);
    }
    const { value } = checked;
    const command = (): RegisterStaffInput => value;
    const outcome = await this.desk.carryOut(request, { useCase: RegisterStaff, command });
    if (isRefusal(outcome)) return this.#show(request, typed, faultsOf(outcome, locale, 'name'), known);
    else return seeOther(`${staffPath(outcome.value.staffId)}?facut=inregistrat`);
  }

  async #show(request: FastifyRequest, typed: Typed, faults: readonly Fault[], known?: KnownStaff, word?: unknown): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const shown = {
      typed,
      faults,
      ...(isDone(word) ? { done: sentences[context.locale].administration.staff.done[word] } : {}),
      ...(known === undefined
        ? {}
        : {
            known: {
              staffId: known.staffId,
              hasLeft: hasLeft(known, civilDateOf(context.at)),
              ...defined({ leftOn: known.leftOn }),
            },
          }),
    };
    return view(<StaffFormPage shown={shown} />, faults.length === 0 ? 200 : 422);
  }
}

const typedIn = (request: FastifyRequest): Typed => {
  const form = formOf(request);
  return Object.fromEntries(fields.map((field) => [field, form.optional(field)]));
};
