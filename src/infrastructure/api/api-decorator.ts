import { applyDecorators, Controller, UseFilters, UseGuards, UseInterceptors, UsePipes } from '@nestjs/common';
import { ApiDefaultResponse, ApiHeader, ApiTags } from '@nestjs/swagger';
import { AccessGuard } from './access/access-guard';
import { ReachedPosition } from './commands/reached-position';
import { ProblemShown } from './dto/problem-shown';
import { ProblemFilter } from './problem/problem-filter';
import { StrictInput } from './validation/strict-input';

const strictInput = new StrictInput();

/**
 * A group of routes of the contract. Everything that guards them hangs on the group itself and not on the application,
 * so that it guards them in a host application too, and nothing else there.
 */
export const Api = (path: string, tag: string): ClassDecorator =>
  applyDecorators(
    Controller(path),
    UseGuards(AccessGuard),
    UseInterceptors(ReachedPosition),
    UseFilters(ProblemFilter),
    UsePipes(strictInput),
    ApiTags(tag),
    ApiDefaultResponse({ type: ProblemShown, description: 'RFC 9457' }),
  );

export const TakesKey = (): MethodDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key and body answer the same; another body is a conflict.',
  });
