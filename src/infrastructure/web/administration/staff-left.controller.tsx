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
import { formOf } from '../forms/form';
import { FormDesk } from '../forms/form-desk';
import { PageDesk } from '../page/page-desk';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-shown';
import { checkedForm } from '../forms/checked';
import { StaffLeftPage } from './staff-left-page';
import { staffPath } from './staff-page';
import { knownPerson } from './staff.controller';
import { type Answer, seeOther, view } from '../page/answer';
import { KeepsTyped } from '../forms/kept-form';

/** Somebody leaves. */
@Pages('administrare/functionar/:id/plecare')
export class StaffLeftController {
  constructor(
    private readonly pages: PageDesk,
    private readonly desk: FormDesk,
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
    const context = await this.pages.contextOf(request);
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
    const shownPage = <StaffLeftPage context={context} person={person} typed={typed} faults={faults} />;
    return view(shownPage, faults.length === 0 ? 200 : 422);
  }
}
