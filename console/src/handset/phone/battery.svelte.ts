interface BatteryManager extends EventTarget {
  readonly level: number
  readonly charging: boolean
}

let percent = $state<number | undefined>()
let charging = $state(false)

/** The phone's battery, 0 to 100, where the browser tells. */
export const battery = {
  get percent(): number | undefined {
    return percent
  },
  get low(): boolean {
    return percent !== undefined && percent <= 15 && !charging
  },
}

/** Begins to follow the battery. */
export async function watchBattery(): Promise<void> {
  const phone = navigator as Navigator & { getBattery?: () => Promise<BatteryManager> }
  const manager = await phone.getBattery?.().catch(() => undefined)
  if (!manager) return
  const read = () => {
    percent = Math.round(manager.level * 100)
    charging = manager.charging
  }
  read()
  manager.addEventListener('levelchange', read)
  manager.addEventListener('chargingchange', read)
}
