import { Text } from '../../validation/fields';

export class CalendarAddressBody {
  @Text({ max: 2000, description: 'https:// or webcal://, of a host that the installation permits.' })
  readonly url!: string;
}
