import { Body as NestBody, Param as NestParam, Query as NestQuery } from '@nestjs/common';
import type { z } from 'zod';
import { SchemaPipe } from './schema.pipe.js';

interface Checked {
  readonly schema: z.ZodType;
}

// A global pipe would run for every handler argument, a promise each, although only those with a schema need
// checking.
const pipes = [new SchemaPipe()];

/** The validated body of the request. */
export const Body = ({ schema }: Checked): ParameterDecorator => NestBody({ schema, pipes });

/** The validated query of the request. */
export const Query = ({ schema }: Checked): ParameterDecorator => NestQuery({ schema, pipes });

/** A validated part of the request's path. */
export const Param = (name: string, { schema }: Checked): ParameterDecorator =>
  NestParam(name, { schema, pipes });

/** A part of the request's path as received; the route checks it. */
export const UncheckedParam = (name: string): ParameterDecorator => NestParam(name);
