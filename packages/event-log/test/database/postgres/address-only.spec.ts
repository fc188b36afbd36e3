import { addressOnly } from '@tichet-albastru/event-log/database/postgres/address-only';

it.each([
  ['postgres://u:p%40@db:5432/tichet', 'postgres://u:p%40@db:5432/tichet', ''],
  ['postgres://u@db/tichet?application_name=primaria', 'postgres://u@db/tichet', ''],
  ['postgres://u@db/tichet?sslmode=require&statement_timeout=0', 'postgres://u@db/tichet?sslmode=require', ''],
  ['postgres://u@db/tichet?options=-c%20search_path%3Da', 'postgres://u@db/tichet', '-c search_path=a'],
])('%s says where the database is, and nothing that is ours to say', (url, connectionString, options) => {
  expect(addressOnly(url)).toEqual({ connectionString, options });
});
