// The clock of a workshop, on the host's screen: one step after the other. Without script, the steps and their minutes stand in the page.
const box = document.querySelector("[data-timer]")
const steps = [...document.querySelectorAll("[data-minutes]")]
if (box && steps.length) {
  const step = box.querySelector("[data-timer-step]")
  const left = box.querySelector("[data-timer-left]")
  const go = box.querySelector("[data-timer-go]")
  const start = go.textContent
  let current = 0
  let seconds = 0
  let ends = 0
  let ticking = 0

  const show = () => {
    const over = seconds < 0
    const whole = Math.abs(seconds)
    left.textContent = `${over ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`
    left.classList.toggle("over", over)
  }
  const enter = (number) => {
    steps[current].removeAttribute("aria-current")
    current = number
    steps[current].setAttribute("aria-current", "step")
    seconds = Number(steps[current].dataset.minutes) * 60
    ends = Date.now() + seconds * 1000
    step.textContent = steps[current].querySelector("h3").textContent
    show()
  }
  const tick = () => {
    seconds = Math.round((ends - Date.now()) / 1000)
    show()
  }
  const pause = () => {
    clearInterval(ticking)
    ticking = 0
    go.textContent = start
  }
  go.addEventListener("click", () => {
    if (ticking) return pause()
    ends = Date.now() + seconds * 1000
    ticking = setInterval(tick, 500)
    go.textContent = go.dataset.pause
  })
  box.querySelector("[data-timer-next]").addEventListener("click", () => enter((current + 1) % steps.length))
  box.hidden = false
  enter(0)
}
