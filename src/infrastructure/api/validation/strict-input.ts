import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import { forbiddenKeys } from '../../runtime/strict-json';
import { invalidField, problemOfInvalid } from '../problem/invalid';

/** Unknown fields are an error; `__proto__` too, which class-transformer would take out in silence. */
export class StrictInput extends ValidationPipe {
  constructor() {
    super({ transform: true, whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true, exceptionFactory: problemOfInvalid });
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const forbidden = typeof value === 'object' && value !== null ? Object.keys(value).find((name) => forbiddenKeys.has(name)) : undefined;
    if (forbidden !== undefined) throw invalidField(forbidden, 'Câmp necunoscut.', 'Unknown field.');
    return super.transform(value, metadata);
  }
}
