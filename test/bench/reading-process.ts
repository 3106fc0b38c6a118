import { readings } from './reads.js';

/** One of the contenders of `reads.ts` in a process of its own: `{ clients, milliseconds }` is a round, answered with what its clients met. */
const [name = '', url = '', clients = ''] = process.argv.slice(2);
const contender = await readings[name as keyof typeof readings](url, Number(clients));
process.on('message', (round: { clients: number; milliseconds: number }) => {
  void contender.drive(round.clients, round.milliseconds).then((driven) => process.send!(driven));
});
process.on('disconnect', () => void contender.close());
process.send!(contender.name);
