import { Body, Delete, Get, Param, Post } from '@nestjs/common';
import {
  GetDeputies,
  NameDepartmentDeputy,
  NameDeputy,
  WithdrawDepartmentDeputy,
  WithdrawDeputy,
} from '../../../application/staff/deputies';
import { Access } from '../access/access-decorator';
import { Api, CommandOperation, Operation, type Plain } from '../api-decorator';
import { created, order, type Order } from '../commands/command-interceptor';
import { QueryService } from '../commands/query-service';
import { DeputiesAnswer, DeputyNamedAnswer } from '../dto/answers';
import { DeputyPath, StaffPath } from '../dto/paths';
import { DepartmentDeputyBody, DeputyBody } from '../dto/staff';

/** A3: who stands in for a person, or for all of a department, from when to when. */
@Api('staff/:id', 'Staff')
export class DeputiesController {
  constructor(private readonly reads: QueryService) {}

  @Get('deputies')
  @Access('deputy.name', 'staff')
  @Operation('Who stands in for this person, and for the department, from today on', { 200: DeputiesAnswer })
  getDeputies(@Param() { id }: StaffPath): Promise<Plain<DeputiesAnswer>> {
    return this.reads.ask(GetDeputies, { staffId: id });
  }

  @Post('deputies')
  @Access('deputy.name', 'staff')
  @CommandOperation('A3: a colleague stands in for this person on these days', { 201: DeputyNamedAnswer })
  nameDeputy(@Param() { id }: StaffPath, @Body() { ...body }: DeputyBody): Order {
    return order(NameDeputy, { ...body, staffId: id }, created);
  }

  @Delete('deputies/:deputyshipId')
  @Access('deputy.name', 'staff')
  @CommandOperation('That colleague does not, or no longer', { 200: DeputyNamedAnswer })
  withdrawDeputy(@Param() { id, deputyshipId }: DeputyPath): Order {
    return order(WithdrawDeputy, { staffId: id, deputyshipId });
  }

  @Post('department-deputyships')
  @Access('deputy.name-for-department', 'staff')
  @CommandOperation('A3: this person stands in for everybody of the department on these days', { 201: DeputyNamedAnswer })
  nameDepartmentDeputy(@Param() { id }: StaffPath, @Body() { ...body }: DepartmentDeputyBody): Order {
    return order(NameDepartmentDeputy, { ...body, staffId: id }, created);
  }

  @Delete('department-deputyships/:deputyshipId')
  @Access('deputy.name-for-department', 'staff')
  @CommandOperation('This person does not, or no longer', { 200: DeputyNamedAnswer })
  withdrawDepartmentDeputy(@Param() { id, deputyshipId }: DeputyPath): Order {
    return order(WithdrawDepartmentDeputy, { staffId: id, deputyshipId });
  }
}
