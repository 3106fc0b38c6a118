/** The TypeORM entities of all view tables, for the data source. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- what TypeORM calls an entity is a class
export const viewEntities: Function[] = [];
