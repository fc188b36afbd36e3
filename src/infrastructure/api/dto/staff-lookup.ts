import { ApiProperty } from '@nestjs/swagger';
import type { NamedStaff } from '../../../application/staff/staff-directory';
import { Text } from '../../validation/fields';

export class StaffLookupBody {
  @Text({ max: 200, description: 'Words of a name, or how they begin (three letters at least), in any order.', example: 'magureanu' })
  readonly name!: string;
}

class FoundStaffAnswer implements Omit<NamedStaff, 'name'> {
  @ApiProperty() readonly staffId!: string;
  @ApiProperty() readonly department!: string;
  @ApiProperty() readonly departmentCode!: string;
}
export class StaffLookupAnswer {
  @ApiProperty({ type: [FoundStaffAnswer], description: 'Nobody where nobody is called so; without their names.' })
  readonly people!: readonly FoundStaffAnswer[];
}
