import { useWords } from '../page/page-context';
import { Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { tables } from '../../../application/kernel/ports/tables';
import { RecordStaffDeparture } from '../../../application/staff/register-staff';
import { isRefusal } from '../../../domain/kernel/refusal';
import type { KnownStaff } from '../../../domain/staff/staff-member';
import { LeftBody } from '../../validation/administration';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { PageService } from '../page/page-service';
import { type Fault, ErrorSummary, faultOf, TextField } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { checkedForm, withLabels } from '../forms/checked';
import { staffPath } from './staff-page';
import { knownPerson } from './staff.controller';
import { type Answer, seeOther, view } from '../page/answer';
import { KeepsTyped } from '../forms/stored-form';
import type { VNode } from 'preact';
import { Document } from '../page/document';
import { Heading } from '../parts/heading';
import { TypedForm } from '../forms/forms-view';

/** Somebody leaves: what that does to the days, the meetings and the requests is said before. */
const StaffLeftPage = ({
  person,
  typed,
  faults,
}: {
  readonly person: { readonly staffId: string; readonly name: string; readonly meetings: number; readonly requests: number };
  readonly typed: string | undefined;
  readonly faults: readonly Fault[];
}): VNode => {
  const words = useWords().administration.staff;
  const { staffId, name, meetings, requests } = person;
  return (
    <Document title={words.leftTitle} side="office" faulty={faults.length > 0}>
      <ErrorSummary title={words.leftSummary} faults={withLabels(faults, { on: words.leftLabel })} />
      <Heading back={{ href: staffPath(staffId), text: words.changeTitle }} lead={words.leftLead({ name })}>
        {words.leftTitle}
      </Heading>
      {meetings + requests === 0 ? null : (
        <div class="notice notice-warn">
          {meetings === 0 ? null : <p>{words.meetings({ count: meetings })}</p>}
          {requests === 0 ? null : <p>{words.requests({ count: requests })}</p>}
        </div>
      )}
      <TypedForm action={`${staffPath(staffId)}/plecare`}>
        <TextField
          name="on"
          label={words.leftLabel}
          hint={words.leftHint}
          value={typed}
          fault={faultOf(faults, 'on')}
          type="date"
          width="middle"
        />
        <button>{words.leftConfirm}</button>
      </TypedForm>
    </Document>
  );
};

/** Somebody leaves. */
@Pages('administrare/functionar/:id/plecare')
export class StaffLeftController {
  constructor(
    private readonly pages: PageService,
    private readonly desk: CommandService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('staff.administer')
  async form(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const known = await knownPerson(this.ports, staffId);
    return this.#show(request, known, known.leftOn, []);
  }

  @Post()
  @KeepsTyped()
  @ForOfficials('staff.administer')
  async left(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const known = await knownPerson(this.ports, staffId);
    const typed = formOf(request).optional('on');
    const { locale } = await this.pages.contextOf(request);
    const checked = checkedForm(LeftBody, { on: typed }, locale);
    if ('faults' in checked) {
      return this.#show(request, known, typed, checked.faults);
    }
    const { on } = checked.value;
    const outcome = await this.desk.carryOut(request, { useCase: RecordStaffDeparture, command: () => ({ staffId, on }) });
    if (isRefusal(outcome)) return this.#show(request, known, typed, faultsOf(outcome, locale, 'on'));
    else return seeOther(`${staffPath(staffId)}?facut=plecat`);
  }

  async #show(
    request: FastifyRequest,
    { staffId, name }: KnownStaff,
    typed: string | undefined,
    faults: readonly Fault[],
  ): Promise<Answer> {
    const { readModels, personalData } = this.ports;
    const person = {
      staffId,
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
    const shownPage = <StaffLeftPage person={person} typed={typed} faults={faults} />;
    return view(shownPage, faults.length === 0 ? 200 : 422);
  }
}
