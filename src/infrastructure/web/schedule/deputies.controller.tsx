import { Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Official } from '../../../application/kernel/access';
import type { Ports } from '../../../application/kernel/ports/ports';
import { may } from '../../../application/kernel/rights';
import { currentStaff } from '../../../application/kernel/streams';
import {
  type DeputiesView,
  type DeputyView,
  GetDeputies,
  NameDepartmentDeputy,
  NameDeputy,
  WithdrawDepartmentDeputy,
  WithdrawDeputy,
} from '../../../application/staff/deputies';
import { isRefusal } from '../../../domain/kernel/refusal';
import { isStaffId } from '../../../domain/staff/staff-member';
import type { Locale } from '../../../domain/ticket/facts';
import { officialOf } from '../../api/access/viewer';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { answered } from '../../api/problem/problem';
import { DeputyBody } from '../../api/dto/staff';
import { portsToken } from '../../nest/tokens';
import { type Sentences, sentences } from '../../phrasing/sentences';
import { longDate } from '../../phrasing/words/dates';
import { ForOfficials, Pages } from '../access/page-access';
import { staffPath } from '../administration/staff-page';
import { FormFields, type FormPart, readForm } from '../forms/form-fields';
import { PlainForm, TypedForm } from '../forms/forms-view';
import { KeepsNothing, KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { byName } from '../registry/request-parts';
import { type Whose, whoseTime } from './schedule-parts';

const pathOf = (staffId: string): string => `/program/${staffId}/inlocuitori`;

/** `de luni, 2 martie 2026 până vineri, 6 martie 2026 inclusiv`; one day alone is said once. */
export const daysInWords = ({ from, to }: Pick<DeputyView, 'from' | 'to'>, locale: Locale): string => {
  const { from: since, to: until, inclusive } = sentences[locale].office.span;
  return from === to ? longDate(from, locale) : `${since} ${longDate(from, locale)} ${until} ${longDate(to, locale)} ${inclusive}`;
};

type DeputiesParts = {
  readonly whose: Whose;
  readonly view: DeputiesView;
  /** whether the reader may name a deputy for all of the department */
  readonly forAll: boolean;
  readonly back: { readonly href: string; readonly text: string };
};

const deputyFields = (words: Sentences['office']['deputies'], name: string, view: DeputiesView, forAll: boolean): readonly FormPart[] => [
  {
    kind: 'select',
    name: 'deputy',
    label: words.who,
    value: '',
    missing: words.whoMissing,
    options: [
      { value: '', label: words.choose },
      ...view.colleagues.toSorted(byName).map((one) => ({ value: one.staffId, label: one.name })),
    ],
  },
  {
    kind: 'beside',
    fields: [
      { name: 'from', type: 'date', label: words.from, width: 'middle' },
      { name: 'to', type: 'date', label: words.to, width: 'middle' },
    ],
  },
  ...(forAll
    ? [
        {
          kind: 'radios' as const,
          name: 'whom',
          label: words.whom,
          value: 'person',
          options: [
            { value: 'person', label: words.forPerson({ name }) },
            { value: 'department', label: words.forDepartment },
          ],
        },
      ]
    : []),
];

const Named = ({
  deputies,
  action,
  of,
}: {
  readonly deputies: readonly DeputyView[];
  readonly action?: (one: DeputyView) => string;
  readonly of: string;
}): VNode => {
  const { locale } = usePage();
  const words = useWords().office.deputies;
  if (deputies.length === 0) return <p>{words.none}</p>;
  return (
    <ul class="absences">
      {deputies.map((one) => (
        <li class="absence">
          <div>
            <h3>
              <bdi>{one.name}</bdi>
            </h3>
            <p>{daysInWords(one, locale)}</p>
          </div>
          {action === undefined ? null : (
            <PlainForm action={action(one)}>
              <input type="hidden" name="of" value={of} />
              <button class="second">
                {words.withdraw}
                <span class="unseen">{`: ${one.name}, ${daysInWords(one, locale)}`}</span>
              </button>
            </PlainForm>
          )}
        </li>
      ))}
    </ul>
  );
};

/** A3: who stands in for a person, and for all of their department, from when to when. */
const DeputiesPage = ({ whose, view, forAll, back }: DeputiesParts): VNode => {
  const words = useWords().office.deputies;
  const { staffId, own, department } = view;
  return (
    <HeadedPage
      title={words.title}
      heading={whose.own ? words.title : `${words.title}: ${whose.name}`}
      summary={words.faulty}
      done={words.done}
      back={back}
      lead={words.lead}
      labels={{ from: words.from, to: words.to }}
    >
      <section aria-labelledby="pentru">
        <h2 id="pentru">{words.forPerson({ name: whose.name })}</h2>
        <Named deputies={own} of={staffId} action={({ deputyshipId }) => `${pathOf(staffId)}/${deputyshipId}/retrage`} />
      </section>
      <section aria-labelledby="serviciu">
        <h2 id="serviciu">{words.forDepartment}</h2>
        <Named
          deputies={department}
          of={staffId}
          {...(forAll ? { action: (one: DeputyView) => `/program/${one.staffId}/inlocuieste/${one.deputyshipId}/retrage` } : {})}
        />
      </section>
      <h2>{words.add}</h2>
      <TypedForm action={pathOf(staffId)}>
        <FormFields parts={deputyFields(words, whose.name, view, forAll)} />
        <button>{words.name}</button>
      </TypedForm>
    </HeadedPage>
  );
};

/** Deputies with their days (A3): named by the person, the head of the department or an administrator; for all of it, by these two. */
@Pages('program/:id')
export class DeputiesPages {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('inlocuitori')
  @ForOfficials('deputy.name', 'staff')
  async deputies(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    return this.#show(request, staffId);
  }

  @Post('inlocuitori')
  @KeepsTyped()
  @ForOfficials('deputy.name', 'staff')
  async name(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const locale = localeOfPage(request);
    const view = await this.reads.ask(GetDeputies, { staffId });
    const fields = deputyFields(sentences[locale].office.deputies, '', view, true);
    const { typed, value, faults } = readForm(DeputyBody, fields, formOf(request), locale, ['whom']);
    if (faults.length > 0) return this.#show(request, staffId, faults);
    const { deputy, from, to } = value;
    const outcome =
      typed['whom'] === 'department'
        ? await this.commands.carryOut(request, { useCase: NameDepartmentDeputy, command: () => ({ staffId: deputy, from, to }) })
        : await this.commands.carryOut(request, { useCase: NameDeputy, command: () => ({ staffId, deputy, from, to }) });
    if (isRefusal(outcome)) return this.#show(request, staffId, faultsOf(outcome, locale, 'deputy'));
    return seeOther(`${pathOf(staffId)}?facut=numit`);
  }

  @Post('inlocuitori/:deputyshipId/retrage')
  @KeepsNothing('nothing-typed')
  @ForOfficials('deputy.name', 'staff')
  async withdraw(
    @Req() request: FastifyRequest,
    @Param('id') staffId: string,
    @Param('deputyshipId') deputyshipId: string,
  ): Promise<Answer> {
    answered(await this.commands.carryOut(request, { useCase: WithdrawDeputy, command: () => ({ staffId, deputyshipId }) }));
    return seeOther(`${pathOf(staffId)}?facut=retras`);
  }

  @Post('inlocuieste/:deputyshipId/retrage')
  @KeepsNothing('nothing-typed')
  @ForOfficials('deputy.name-for-department', 'staff')
  async withdrawForDepartment(
    @Req() request: FastifyRequest,
    @Param('id') staffId: string,
    @Param('deputyshipId') deputyshipId: string,
  ): Promise<Answer> {
    answered(await this.commands.carryOut(request, { useCase: WithdrawDepartmentDeputy, command: () => ({ staffId, deputyshipId }) }));
    const of = formOf(request).text('of');
    return seeOther(`${pathOf(isStaffId(of) ? of : staffId)}?facut=retras`);
  }

  async #mayNameForAll(official: Official, staffId: string): Promise<boolean> {
    const staff = await currentStaff(this.ports, staffId);
    const subject = { kind: 'staff', staffId, departmentCode: staff.status === 'unknown' ? '' : staff.departmentCode } as const;
    return may(official, 'deputy.name-for-department', subject);
  }

  async #show(request: FastifyRequest, staffId: string, faults?: readonly Fault[]): Promise<Answer> {
    const official = officialOf(request);
    const words = sentences[localeOfPage(request)];
    const back =
      official.role === 'admin'
        ? { href: staffPath(staffId), text: words.administration.staff.changeTitle }
        : { href: `/program/${staffId}`, text: words.office.away.back };
    const [whose, view, forAll] = await Promise.all([
      whoseTime(this.ports, request, staffId),
      this.reads.ask(GetDeputies, { staffId }),
      this.#mayNameForAll(official, staffId),
    ]);
    return formView(<DeputiesPage {...{ whose, view, forAll, back }} />, faults);
  }
}
