// The parts of navigator that LocalMedia needs, so that tests can stand in for cameras, microphones and permissions.
// The browser's own objects fit these without an adapter.

export type DeviceKind = 'microphone' | 'camera';

export interface MediaDevicesPort {
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>;
  enumerateDevices(): Promise<MediaDeviceInfo[]>;
  addEventListener(type: 'devicechange', listener: () => void): void;
  removeEventListener(type: 'devicechange', listener: () => void): void;
}

export interface PermissionPort {
  readonly state: PermissionState;
  addEventListener(type: 'change', listener: () => void): void;
  removeEventListener(type: 'change', listener: () => void): void;
}

export interface PermissionsPort {
  query(descriptor: { readonly name: DeviceKind }): Promise<PermissionPort>;
}

/** In a browser that keeps all devices from pages. */
export const noDevices: MediaDevicesPort = {
  getUserMedia: () => Promise.reject(new DOMException('no devices', 'NotFoundError')),
  enumerateDevices: async () => [],
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
};

export const browserPermissions: PermissionsPort = {
  query: ({ name }) => navigator.permissions.query({ name: name as PermissionName }),
};
