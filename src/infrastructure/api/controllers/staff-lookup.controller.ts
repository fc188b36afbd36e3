import { Body, HttpCode, Inject, Post } from '@nestjs/common';
import type { Ports } from '../../../application/kernel/ports/ports';
import { staffNamed } from '../../../application/staff/staff-directory';
import { portsToken } from '../../nest/tokens';
import { Access } from '../access/access-decorator';
import { Api, Operation, type Plain } from '../api-decorator';
import { StaffLookupAnswer, StaffLookupBody } from '../dto/staff-lookup';

/** Whom a list is to be asked about. In a body, so that no name stands in an address of ours. */
@Api('staff/lookup', 'Reading')
export class StaffLookupController {
  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  /** No command: it changes nothing. */
  @Post()
  @HttpCode(200)
  @Access('eligibility.read')
  @Operation('The ids of everybody in the staff directory who is called so; lists take the id (`staffId`)', { 200: StaffLookupAnswer })
  async findStaff(@Body() { name }: StaffLookupBody): Promise<Plain<StaffLookupAnswer>> {
    const people = await staffNamed(this.ports, name);
    return { people: people.map(({ staffId, department, departmentCode }) => ({ staffId, department, departmentCode })) };
  }
}
