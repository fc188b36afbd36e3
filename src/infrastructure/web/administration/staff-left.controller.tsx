import { Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Ports } from '../../../application/kernel/ports/ports';
import { tables } from '../../../application/kernel/ports/tables';
import { RecordStaffDeparture } from '../../../application/staff/register-staff';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import type { KnownStaff } from '../../../domain/staff/staff-member';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { portsToken } from '../../nest/tokens';
import { type Sentences, sentences } from '../../phrasing/sentences';
import { LeftBody } from '../../validation/administration';
import { ForOfficials, Pages } from '../access/page-access';
import { FormFields, type FormPart, readForm } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { staffPath } from './staff-page';
import { knownPerson } from './staff.controller';

const leftFields = (words: Sentences['administration']['staff'], leftOn?: string): readonly FormPart[] => [
  { name: 'on', label: words.leftLabel, hint: words.leftHint, value: leftOn, type: 'date', width: 'middle' },
];

/** A staff member leaves: the page first says what that does to the days, the meetings and the requests. */
const StaffLeftPage = ({
  staffId,
  name,
  leftOn,
  meetings,
  requests,
}: Pick<KnownStaff, 'staffId' | 'leftOn'> & { readonly name: string; readonly meetings: number; readonly requests: number }): VNode => {
  const words = useWords().administration.staff;
  return (
    <HeadedPage
      title={words.leftTitle}
      summary={words.leftSummary}
      labels={{ on: words.leftLabel }}
      back={{ href: staffPath(staffId), text: words.changeTitle }}
      lead={words.leftLead({ name })}
    >
      {meetings + requests === 0 ? null : (
        <div class="notice notice-warn">
          {meetings === 0 ? null : <p>{words.meetings({ count: meetings })}</p>}
          {requests === 0 ? null : <p>{words.requests({ count: requests })}</p>}
        </div>
      )}
      <TypedForm action={`${staffPath(staffId)}/plecare`}>
        <FormFields parts={leftFields(words, leftOn)} />
        <button>{words.leftConfirm}</button>
      </TypedForm>
    </HeadedPage>
  );
};

/** A staff member leaves. */
@Pages('administrare/functionar/:id/plecare')
export class StaffLeftController {
  constructor(
    private readonly commands: CommandService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('staff.administer')
  async form(@Param('id') staffId: string): Promise<Answer> {
    return this.#show(await knownPerson(this.ports, staffId));
  }

  @Post()
  @KeepsTyped()
  @ForOfficials('staff.administer')
  async left(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const known = await knownPerson(this.ports, staffId);
    const locale = localeOfPage(request);
    const { value, faults } = readForm(LeftBody, leftFields(sentences[locale].administration.staff), formOf(request), locale);
    if (faults.length > 0) return this.#show(known, faults);
    const { on } = value;
    const outcome = await this.commands.carryOut(request, { useCase: RecordStaffDeparture, command: () => ({ staffId, on }) });
    if (isRefusal(outcome)) return this.#show(known, faultsOf(outcome, locale, 'on'));
    return seeOther(`${staffPath(staffId)}?facut=plecat`);
  }

  async #show({ staffId, name, leftOn }: KnownStaff, faults?: readonly Fault[]): Promise<Answer> {
    const { readModels, personalData } = this.ports;
    const person = {
      staffId,
      ...defined({ leftOn }),
      name: (await personalData.open(name)) ?? staffId,
      meetings: await readModels.count(tables.ticketStatus, [
        { column: 'staffId', is: staffId },
        { column: 'status', is: 'scheduled' },
      ]),
      requests: await readModels.count(tables.clarificationEligibility, [
        { column: 'handlerStaffId', is: staffId },
        { column: 'status', is: 'in-operation' },
      ]),
    };
    return formView(<StaffLeftPage {...person} />, faults);
  }
}
