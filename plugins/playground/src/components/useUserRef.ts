import { useEffect, useState } from 'react';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';

/** The signed-in user; undefined until it is known. */
export function useUserRef(): string | undefined {
  const identityApi = useApi(identityApiRef);
  const [userRef, setUserRef] = useState<string>();
  useEffect(() => {
    let current = true;
    identityApi.getBackstageIdentity().then(
      ({ userEntityRef }) => current && setUserRef(userEntityRef),
      // Without an identity the drafts are still kept, only not per user
      () => current && setUserRef('unknown'),
    );
    return () => {
      current = false;
    };
  }, [identityApi]);
  return userRef;
}
