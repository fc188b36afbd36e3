import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As much of JSON Schema as the document uses for what is asked. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly (string | boolean)[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly example?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};
export type Parameter = {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
};
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type Operation = {
  /** `PUT /staff/{id}`, without what is before every route of the contract */
  readonly name: string;
  readonly method: Method;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** what it takes as a body, by content type */
  readonly bodies: Readonly<Record<string, Schema>>;
};

type Content = Readonly<Record<string, { readonly schema: Schema }>>;
type Written = { readonly parameters?: readonly Parameter[]; readonly requestBody?: { readonly content: Content } };
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Written>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

/** Every operation of openapi.json. */
export const readOperations = (): readonly Operation[] => {
  const { paths, components } = JSON.parse(readFileSync(join(__dirname, '../../../openapi.json'), 'utf8')) as Document;
  const resolved = (schema: Schema): Schema => components.schemas[schema.$ref?.split('/').at(-1) ?? ''] ?? schema;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([written, { parameters = [], requestBody }]) => {
      const method = written.toUpperCase() as Method;
      const bodies = Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => [type, resolved(schema)]);
      return {
        name: `${method} ${path.replace('/api/v1', '')}`,
        method,
        path,
        parameters,
        bodies: Object.fromEntries(bodies) as Record<string, Schema>,
      };
    }),
  );
};
