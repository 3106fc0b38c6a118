import { Body as NestBody, Param as NestParam, Query as NestQuery } from '@nestjs/common';
import type { z } from 'zod';
import { SchemaPipe } from './schema.pipe.js';

interface Checked {
  readonly schema: z.ZodType;
}

// A global pipe would run for every argument of a handler, a promise each, where only those with a schema have anything to check.
const pipes = [new SchemaPipe()];

/** The body of the request, as its schema has it. */
export const Body = ({ schema }: Checked): ParameterDecorator => NestBody({ schema, pipes });

/** The query of the request, as its schema has it. */
export const Query = ({ schema }: Checked): ParameterDecorator => NestQuery({ schema, pipes });

/** A part of the request's path, as its schema has it. */
export const Param = (name: string, { schema }: Checked): ParameterDecorator =>
  NestParam(name, { schema, pipes });

/** A part of the request's path as it came: the route checks it itself. */
export const UncheckedParam = (name: string): ParameterDecorator => NestParam(name);
