import { Text } from '../../validation/fields';

export class CalendarAddressBody {
  @Text({
    max: 2000,
    example: 'https://calendar.primaria.example/s002.ics',
    description: 'https:// or webcal://, of a host that the installation permits.',
  })
  readonly url!: string;
}
