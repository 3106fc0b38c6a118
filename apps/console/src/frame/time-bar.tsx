import { subjectOf, useAddress } from '../address/address.js';
import { useHistory } from '../data/queries.js';
import { Button } from '../parts/button.js';
import { strings } from '../strings/frame.js';
import css from './time-bar.module.css';

/** The bar at the foot over the whole history of the incident: one tick a change; it moves the page to any moment. */
export function TimeBar() {
  const { path, asOf, change } = useAddress();
  const { data: history = [] } = useHistory(subjectOf(path).incident);
  return (
    <div className={css['bar']}>
      <span className={css['empty']}>{history.length === 0 ? strings.noHistory : strings.now}</span>
      {asOf !== undefined && (
        <Button onClick={() => change({ asOf: undefined })} keyName="back">
          {strings.returnToNow}
        </Button>
      )}
    </div>
  );
}
